/**
 * What Spark's driver does in its own namespace: executors, their configuration, their claims; and it cleans up by label.
 * The same as `spark-operator.spark.rules` of the chart.
 */
export const driverRules = [
  {
    apiGroups: [''],
    resources: ['pods', 'services', 'configmaps', 'persistentvolumeclaims'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
  },
] as const;

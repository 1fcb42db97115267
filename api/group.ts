/** API group of every kind that this operator serves. Shared with kubeflow/spark-operator, whose manifests we accept. */
export const GROUP = 'sparkoperator.k8s.io';

/** The only served version of SparkApplication and ScheduledSparkApplication. */
export const VERSION = 'v1beta2';

/** `apiVersion` of SparkApplication and ScheduledSparkApplication objects and of owner references to them. */
export const API_VERSION = 'sparkoperator.k8s.io/v1beta2';

export const SPARK_APPLICATION_KIND = 'SparkApplication';
export const SCHEDULED_SPARK_APPLICATION_KIND = 'ScheduledSparkApplication';

/** The version of the kinds that kubeflow does not have. */
export const VERSION_ALPHA = 'v1alpha1';

/** `apiVersion` of SparkPodDefaults objects. */
export const API_VERSION_ALPHA = 'sparkoperator.k8s.io/v1alpha1';

export const SPARK_POD_DEFAULTS_KIND = 'SparkPodDefaults';

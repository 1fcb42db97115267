{{/* Names and permissions of the Spark drivers. */}}

{{- define "spark-operator.spark.serviceAccountName" -}}
{{ .Values.spark.serviceAccount.name | default (printf "%s-spark" .Release.Name) }}
{{- end }}

{{- define "spark-operator.spark.roleName" -}}
{{ printf "%s-spark" .Release.Name }}
{{- end }}

{{/* What Spark's driver does in its own namespace: executors, their configuration, their claims; and it cleans up by label. */}}
{{- define "spark-operator.spark.rules" -}}
- apiGroups: ['']
  resources: [pods, services, configmaps, persistentvolumeclaims]
  verbs: [get, list, watch, create, update, patch, delete, deletecollection]
{{- end }}

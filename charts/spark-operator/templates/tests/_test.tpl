{{/* Names and the application of the helm test. */}}

{{- define "spark-operator.test.name" -}}
{{ include "spark-operator.fullname" . }}-test
{{- end }}

{{- define "spark-operator.test.namespace" -}}
{{- $named := (include "spark-operator.namedNamespaces" . | fromJson).names }}
{{- .Values.test.namespace | default (first $named) | default "default" }}
{{- end }}

{{/* Annotations of what the test needs beside its pod: made before it, removed whatever comes out. */}}
{{- define "spark-operator.test.annotations" -}}
helm.sh/hook: test
helm.sh/hook-weight: '-1'
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded,hook-failed
{{- end }}

{{/* Metadata of these objects. Takes a dict: root, name, namespace. */}}
{{- define "spark-operator.test.metadata" -}}
{{- include "spark-operator.metadata" (merge (dict "component" "test" "annotations" (include "spark-operator.test.annotations" .root | fromYaml)) .) }}
{{- end }}

{{- define "spark-operator.test.application" -}}
apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: {{ include "spark-operator.test.name" . }}
  namespace: {{ include "spark-operator.test.namespace" . }}
spec:
  type: Python
  mode: cluster
  image: {{ include "spark-operator.imageOf" (dict "root" . "image" .Values.test.image) }}
  imagePullPolicy: IfNotPresent
  {{- with (include "spark-operator.pullSecrets" . | fromJson).secrets }}
  # By name, in the namespace of the application: a Secret that is not there is passed over.
  imagePullSecrets:
    {{- range . }}
    - {{ .name }}
    {{- end }}
  {{- end }}
  sparkVersion: {{ .Values.test.sparkVersion | quote }}
  mainApplicationFile: {{ .Values.test.mainApplicationFile }}
  arguments: ['2']
  # Should the test be killed before it cleans up, the operator does.
  timeToLiveSeconds: 600
  # Little is asked for, so that the test fits beside what runs already. The security contexts meet the "restricted" standard.
  driver:
    cores: 1
    coreRequest: 100m
    memory: 512m
    serviceAccount: {{ include "spark-operator.test.sparkServiceAccount" . }}
    {{- include "spark-operator.test.security" . | nindent 4 }}
  executor:
    cores: 1
    coreRequest: 100m
    instances: 1
    memory: 512m
    {{- include "spark-operator.test.security" . | nindent 4 }}
{{- end }}

{{- define "spark-operator.test.security" -}}
podSecurityContext:
  runAsNonRoot: true
  runAsUser: 185
  seccompProfile:
    type: RuntimeDefault
securityContext:
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
{{- end }}

{{/* "true" when the chart has no driver account in the namespace of the test, so that the test brings its own. */}}
{{- define "spark-operator.test.bringsSparkAccount" -}}
{{- $named := (include "spark-operator.namedNamespaces" . | fromJson).names }}
{{- if not (has (include "spark-operator.test.namespace" .) $named) }}true{{ end }}
{{- end }}

{{- define "spark-operator.test.sparkServiceAccount" -}}
{{- if include "spark-operator.test.bringsSparkAccount" . }}{{ include "spark-operator.test.name" . }}-spark{{ else }}{{ include "spark-operator.spark.serviceAccountName" . }}{{ end }}
{{- end }}

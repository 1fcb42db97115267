{{/* Names, labels and the metadata of every object. */}}

{{- define "spark-operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 43 | trimSuffix "-" }}
{{- end }}

{{/* Prefix of all names. 43 characters leave room for the longest suffix within the 63 of a Service name. */}}
{{- define "spark-operator.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 43 | trimSuffix "-" }}
{{- else }}
{{- $name := include "spark-operator.name" . }}
{{- $release := .Release.Name }}
{{- (contains $name $release | ternary $release (printf "%s-%s" $release $name)) | trunc 43 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* What Services and budgets select pods by. Takes a dict: root, component. */}}
{{- define "spark-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "spark-operator.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* All labels of an object, commonLabels included; the chart's own win. Takes a dict: root, component, labels (optional). */}}
{{- define "spark-operator.labels" -}}
{{- $own := include "spark-operator.selectorLabels" . | fromYaml }}
{{- $_ := set $own "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") }}
{{- $_ := set $own "app.kubernetes.io/version" .root.Chart.AppVersion }}
{{- $_ := set $own "app.kubernetes.io/managed-by" .root.Release.Service }}
{{- merge $own (.labels | default dict) .root.Values.commonLabels | toYaml }}
{{- end }}

{{/*
The metadata of an object. Takes a dict: root, component, name; optional are namespace (none: an object of the cluster), labels and
annotations.
*/}}
{{- define "spark-operator.metadata" -}}
metadata:
  name: {{ .name }}
  {{- with .namespace }}
  namespace: {{ . }}
  {{- end }}
  labels:
    {{- include "spark-operator.labels" . | nindent 4 }}
  {{- with merge (dict) (.annotations | default dict) .root.Values.commonAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* Selects controller and webhook. */}}
{{- define "spark-operator.monitored" -}}
matchLabels:
  app.kubernetes.io/name: {{ include "spark-operator.name" . }}
  app.kubernetes.io/instance: {{ .Release.Name }}
matchExpressions:
  - key: app.kubernetes.io/component
    operator: In
    values: [controller, webhook]
{{- end }}

{{/* "true" when the operator serves all namespaces, empty when it serves the listed ones. */}}
{{- define "spark-operator.allNamespaces" -}}
{{- if empty .Values.spark.jobNamespaces }}
{{- fail "spark.jobNamespaces is empty. List the namespaces whose applications the operator runs, or [\"\"] for all of them (--set-json 'spark.jobNamespaces=[\"\"]')." }}
{{- end }}
{{- if has "" .Values.spark.jobNamespaces }}true{{ end }}
{{- end }}

{{/* The namespaces that are named in spark.jobNamespaces, as JSON: {"names": [...]}. */}}
{{- define "spark-operator.namedNamespaces" -}}
{{- dict "names" (without .Values.spark.jobNamespaces "" | uniq) | toJson }}
{{- end }}

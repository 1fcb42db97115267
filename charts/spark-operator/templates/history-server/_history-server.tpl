{{/* Names and configuration of Spark's history server. */}}

{{- define "spark-operator.history.name" -}}
{{ include "spark-operator.fullname" . }}-history
{{- end }}

{{- define "spark-operator.history.serviceAccountName" -}}
{{- if .Values.historyServer.serviceAccount.create -}}
{{ .Values.historyServer.serviceAccount.name | default (include "spark-operator.history.name" .) }}
{{- else -}}
{{ .Values.historyServer.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/* Its Spark properties, as a map. historyServer.sparkConf wins. Credentials are no part of it: they come as environment variables. */}}
{{- define "spark-operator.history.conf" -}}
{{- $history := .Values.historyServer }}
{{- $conf := dict "spark.history.fs.logDirectory" $history.logDirectory "spark.history.ui.port" (int $history.port | toString) }}
{{- if hasPrefix "s3a:" $history.logDirectory }}
{{- $_ := set $conf "spark.hadoop.fs.s3a.path.style.access" (toString $history.s3.pathStyleAccess) }}
{{- with $history.s3.endpoint }}
{{- $_ := set $conf "spark.hadoop.fs.s3a.endpoint" . }}
{{- $_ := set $conf "spark.hadoop.fs.s3a.connection.ssl.enabled" (hasPrefix "https:" . | toString) }}
{{- end }}
{{- end }}
{{- mergeOverwrite $conf $history.sparkConf | toYaml }}
{{- end }}

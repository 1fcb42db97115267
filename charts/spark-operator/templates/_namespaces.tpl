{{/* Whose applications are run: one answer for flags, permissions and webhook selectors. */}}

{{/* "true" when permissions are cluster-wide (all namespaces, or those that match a selector), empty when they are for listed ones. */}}
{{- define "spark-operator.clusterScope" -}}
{{- if and (empty .Values.spark.jobNamespaces) (not .Values.spark.jobNamespaceSelector) }}
{{- fail "spark.jobNamespaces is empty. List the namespaces whose applications the operator runs, or [\"\"] for all of them (--set-json 'spark.jobNamespaces=[\"\"]'), or set spark.jobNamespaceSelector." }}
{{- end }}
{{- if or (has "" .Values.spark.jobNamespaces) .Values.spark.jobNamespaceSelector }}true{{ end }}
{{- end }}

{{/* The namespaces that are named in spark.jobNamespaces, as JSON: {"names": [...]}. */}}
{{- define "spark-operator.namedNamespaces" -}}
{{- dict "names" (without .Values.spark.jobNamespaces "" | uniq) | toJson }}
{{- end }}

{{/* The flags that say so to a program. */}}
{{- define "spark-operator.namespaceFlags" -}}
- {{ printf "--namespaces=%s" (include "spark-operator.clusterScope" . | empty | ternary (join "," .Values.spark.jobNamespaces) "") | quote }}
{{- with .Values.spark.jobNamespaceSelector }}
- {{ printf "--namespace-selector=%s" . | quote }}
{{- end }}
{{- end }}

{{/*
The matchExpressions of webhook namespaceSelectors for the job namespaces, as JSON: {"list": [...]}. Takes a dict: root, also (a list of
namespaces to add to listed ones). Cluster-wide without a selector: none.
*/}}
{{- define "spark-operator.namespaceExpressions" -}}
{{- $list := list }}
{{- if .root.Values.spark.jobNamespaceSelector }}
{{- $list = (include "spark-operator.selectorExpressions" .root.Values.spark.jobNamespaceSelector | fromJson).list }}
{{- else if not (include "spark-operator.clusterScope" .root) }}
{{- $names := concat .root.Values.spark.jobNamespaces (.also | default list) | uniq }}
{{- $list = list (dict "key" "kubernetes.io/metadata.name" "operator" "In" "values" $names) }}
{{- end }}
{{- dict "list" $list | toJson }}
{{- end }}

{{/* kubectl's string form of a label selector as matchExpressions in JSON: {"list": [...]}. */}}
{{- define "spark-operator.selectorExpressions" -}}
{{- $key := "([A-Za-z0-9][-A-Za-z0-9_./]*)" }}
{{- $list := list }}
{{- range regexFindAll "[^,()]+(\\([^()]*\\))?" . -1 }}
{{- $term := trim . }}
{{- if regexMatch (printf "^!\\s*%s$" $key) $term }}
{{- $list = append $list (dict "key" (trimPrefix "!" $term | trim) "operator" "DoesNotExist") }}
{{- else if regexMatch (printf "^%s$" $key) $term }}
{{- $list = append $list (dict "key" $term "operator" "Exists") }}
{{- else if regexMatch (printf "^%s\\s+(in|notin)\\s*\\(.*\\)$" $key) $term }}
{{- $parts := regexReplaceAll (printf "^%s\\s+(in|notin)\\s*\\((.*)\\)$" $key) $term "${1}|${2}|${3}" | splitn "|" 3 }}
{{- $values := list }}
{{- range splitList "," $parts._2 }}{{- $values = append $values (trim .) }}{{- end }}
{{- $list = append $list (dict "key" $parts._0 "operator" (eq $parts._1 "in" | ternary "In" "NotIn") "values" $values) }}
{{- else if regexMatch (printf "^%s\\s*(=|==|!=)\\s*[-A-Za-z0-9_.]*$" $key) $term }}
{{- $parts := regexReplaceAll (printf "^%s\\s*(!?)==?\\s*(.*)$" $key) $term "${1}|${2}|${3}" | splitn "|" 3 }}
{{- $list = append $list (dict "key" $parts._0 "operator" (empty $parts._1 | ternary "In" "NotIn") "values" (list $parts._2)) }}
{{- else }}
{{- fail (printf "spark.jobNamespaceSelector: %q is no label requirement. Write kubectl's form: key, !key, key=value, key!=value, key in (a,b), key notin (a,b), separated by commas." $term) }}
{{- end }}
{{- end }}
{{- dict "list" $list | toJson }}
{{- end }}

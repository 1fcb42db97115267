{{/* The parts that all entries of the two webhook configurations share. */}}

{{/*
One entry. Takes a dict: root, name, path, failurePolicy, rules (YAML text), namespaceSelector (a list of matchExpressions); optional are
objectSelector (YAML text), matchConditions (YAML text) and reinvocationPolicy.
There is no caBundle here: the webhook writes it (or cert-manager's cainjector), and an upgrade leaves it alone.
*/}}
{{- define "spark-operator.webhook.entry" -}}
- name: {{ .name }}
  clientConfig:
    service:
      namespace: {{ .root.Release.Namespace }}
      name: {{ include "spark-operator.webhook.serviceName" .root }}
      port: 443
      path: {{ .path }}
  rules:
    {{- .rules | nindent 4 }}
  namespaceSelector:
    matchExpressions:
      {{- toYaml .namespaceSelector | nindent 6 }}
  {{- with .objectSelector }}
  objectSelector:
    {{- . | nindent 4 }}
  {{- end }}
  {{- with .matchConditions }}
  matchConditions:
    {{- . | nindent 4 }}
  {{- end }}
  matchPolicy: Equivalent
  {{- with .reinvocationPolicy }}
  reinvocationPolicy: {{ . }}
  {{- end }}
  sideEffects: None
  admissionReviewVersions: [v1]
  timeoutSeconds: {{ int .root.Values.webhook.timeoutSeconds }}
  failurePolicy: {{ .failurePolicy }}
{{- end }}

{{/* matchExpressions as JSON: {"list": [...]}. Takes a dict: root, also (namespaces to add), except (namespaces to leave out). */}}
{{- define "spark-operator.webhook.namespaces" -}}
{{- $except := concat (list "kube-system" "kube-public" "kube-node-lease") (.except | default list) .root.Values.webhook.excludedNamespaces | uniq }}
{{- $matcher := (include "spark-operator.namespaceExpressions" . | fromJson).list }}
{{- dict "list" (prepend $matcher (dict "key" "kubernetes.io/metadata.name" "operator" "NotIn" "values" $except)) | toJson }}
{{- end }}

{{- define "spark-operator.webhook.podRules" -}}
- apiGroups: ['']
  apiVersions: [v1]
  operations: [CREATE]
  resources: [pods]
  scope: Namespaced
{{- end }}

{{/* Takes a dict: version, resource. */}}
{{- define "spark-operator.webhook.kindRules" -}}
- apiGroups: [sparkoperator.k8s.io]
  apiVersions: [{{ .version }}]
  operations: [CREATE, UPDATE]
  resources: [{{ .resource }}]
  scope: Namespaced
{{- end }}

{{/* Only what changes the spec of an object that stays is worth a call. */}}
{{- define "spark-operator.webhook.kindConditions" -}}
- name: not-being-deleted
  expression: '!has(object.metadata.deletionTimestamp)'
- name: new-spec
  expression: request.operation == 'CREATE' || !has(object.spec) || !has(oldObject.spec) || object.spec != oldObject.spec
{{- end }}

{{- define "spark-operator.webhook.annotations" -}}
{{- if .Values.certManager.enable }}
cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/{{ include "spark-operator.webhook.name" . }}
{{- end }}
{{- end }}

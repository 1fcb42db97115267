{{/*
A RoleBinding, or a ClusterRoleBinding when there is no namespace. Takes a dict: root, component, name, namespace (optional), kind and
role (what is bound), subject (name and namespace of a ServiceAccount), annotations and labels (optional).
*/}}
{{- define "spark-operator.binding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ empty .namespace | ternary "ClusterRoleBinding" "RoleBinding" }}
{{ include "spark-operator.metadata" . }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ .role }}
subjects:
  - kind: ServiceAccount
    name: {{ .subject.name }}
    namespace: {{ .subject.namespace }}
{{- end }}

{{/* What may come in and go out. */}}

{{/*
A NetworkPolicy for the pods of a component. Takes a dict: root, component, ingress (YAML list, may be empty), annotations (optional).
Out go connections to API servers, and questions to DNS.
*/}}
{{- define "spark-operator.networkPolicy" -}}
{{- $values := .root.Values.networkPolicy }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
{{ include "spark-operator.metadata" (merge (dict "name" (printf "%s-%s" (include "spark-operator.fullname" .root) .component) "namespace" .root.Release.Namespace) .) }}
spec:
  podSelector:
    matchLabels:
      {{- include "spark-operator.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- with .ingress }}
  ingress:
    {{- . | nindent 4 }}
  {{- end }}
  egress:
    # The address of the API server is not known beforehand. Policies see it behind its Service: the port is the server's own.
    - ports:
        {{- range $values.apiServerPorts }}
        - port: {{ int . }}
          protocol: TCP
        {{- end }}
    - ports:
        {{- range $protocol := list "UDP" "TCP" }}
        - port: 53
          protocol: {{ $protocol }}
        {{- end }}
    {{- with $values.extraEgress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{/* One ingress rule. Takes a dict: ports, from (a list of peers; empty = from anywhere). */}}
{{- define "spark-operator.ingressRule" -}}
- ports:
    {{- range .ports }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
  {{- with .from }}
  from:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* Probes of the kubelet, and scrapers. */}}
{{- define "spark-operator.observerIngress" -}}
{{ include "spark-operator.ingressRule" (dict "ports" (list "health")) }}
{{- if .Values.prometheus.metrics.enable }}
{{ include "spark-operator.ingressRule" (dict "ports" (list .Values.prometheus.metrics.portName) "from" .Values.networkPolicy.metricsFrom) }}
{{- end }}
{{- end }}

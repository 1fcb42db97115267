{{/* What all pods of the chart have in common. */}}

{{/*
Everything of a pod but its containers, its account and its volumes. Takes a dict: root, component, values (the section of
values.yaml: podSecurityContext, nodeSelector…).
*/}}
{{- define "spark-operator.pod" -}}
{{- with (include "spark-operator.pullSecrets" .root | fromJson).secrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
# Thousands of UI Services in a namespace would otherwise fill the environment of the containers.
enableServiceLinks: false
{{- if kindIs "bool" .values.hostUsers }}
hostUsers: {{ .values.hostUsers }}
{{- end }}
{{- with .values.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- /* Hooks and test run when the release's PriorityClass may not be there. */}}
{{- $created := has .component (list "controller" "webhook") | ternary (include "spark-operator.priorityClassName" .root) "" }}
{{- with .values.priorityClassName | default $created }}
priorityClassName: {{ . }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Affinity and spread of a Deployment. Takes a dict: root, component, values. */}}
{{- define "spark-operator.spread" -}}
{{- $selector := dict "matchLabels" (include "spark-operator.selectorLabels" . | fromYaml) }}
{{- if .values.affinity }}
affinity:
  {{- toYaml .values.affinity | nindent 2 }}
{{- else if gt (int .values.replicas) 1 }}
# Rather on different nodes, but a cluster of one node is served, too.
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            {{- toYaml $selector | nindent 12 }}
{{- end }}
{{- if .values.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- range .values.topologySpreadConstraints }}
  - {{- mergeOverwrite (dict "labelSelector" (deepCopy $selector)) . | toYaml | nindent 4 }}
  {{- end }}
{{- else if gt (int .values.replicas) 1 }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      {{- toYaml $selector | nindent 6 }}
{{- end }}
{{- end }}

{{/* Environment of every container: who it is, and the proxies. */}}
{{- define "spark-operator.env" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- include "spark-operator.proxyEnv" . }}
{{- end }}

{{- define "spark-operator.proxyEnv" -}}
{{- range $name, $value := dict "HTTP_PROXY" .Values.httpProxy "HTTPS_PROXY" .Values.httpsProxy "NO_PROXY" .Values.noProxy }}
{{- if $value }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "spark-operator.priorityClassName" -}}
{{- if .Values.priorityClass.create }}{{ .Values.priorityClass.name | default (include "spark-operator.fullname" .) }}{{ end }}
{{- end }}

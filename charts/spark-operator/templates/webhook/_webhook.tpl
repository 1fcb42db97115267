{{/* Names, flags and permissions of the webhook. */}}

{{- define "spark-operator.webhook.name" -}}
{{ include "spark-operator.fullname" . }}-webhook
{{- end }}

{{- define "spark-operator.webhook.serviceName" -}}
{{ include "spark-operator.webhook.name" . }}-svc
{{- end }}

{{- define "spark-operator.webhook.secretName" -}}
{{ include "spark-operator.webhook.name" . }}-certs
{{- end }}

{{- define "spark-operator.webhook.serviceAccountName" -}}
{{- if .Values.webhook.serviceAccount.create -}}
{{ .Values.webhook.serviceAccount.name | default (include "spark-operator.webhook.name" .) }}
{{- else -}}
{{ .Values.webhook.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/* off, warn or deny. kubeflow's switch, where it is given: on refuses, off does not look. */}}
{{- define "spark-operator.webhook.quotaMode" -}}
{{- $quota := .Values.webhook.resourceQuotaEnforcement }}
{{- if hasKey $quota "enable" }}{{ ternary "deny" "off" $quota.enable }}{{ else }}{{ $quota.mode }}{{ end }}
{{- end }}

{{/* The accounts that the chart itself makes for drivers are there for every author; others are named by value. */}}
{{- define "spark-operator.webhook.trustedServiceAccounts" -}}
{{- $trusted := .Values.webhook.userAccessCheck.trustedServiceAccounts }}
{{- if .Values.spark.serviceAccount.create }}
{{- range (include "spark-operator.namedNamespaces" . | fromJson).names }}
{{- $trusted = append $trusted (printf "%s:%s" . (include "spark-operator.spark.serviceAccountName" $)) }}
{{- end }}
{{- end }}
{{- join "," $trusted }}
{{- end }}

{{/* The flags of `spark-operator webhook start`, one list item each. */}}
{{- define "spark-operator.webhook.flags" -}}
{{- $webhook := .Values.webhook }}
{{- $metrics := .Values.prometheus.metrics }}
{{ include "spark-operator.namespaceFlags" . }}
- {{ printf "--webhook-port=%d" (int $webhook.port) | quote }}
- {{ printf "--webhook-secret-name=%s" (include "spark-operator.webhook.secretName" .) | quote }}
- {{ printf "--webhook-svc-name=%s" (include "spark-operator.webhook.serviceName" .) | quote }}
- {{ printf "--webhook-configuration-name=%s" (include "spark-operator.webhook.name" .) | quote }}
- {{ printf "--certificate-issuer=%s" (ternary "cert-manager" "self" .Values.certManager.enable) | quote }}
{{- with $webhook.certificates }}
- {{ printf "--certificate-duration=%s" .duration | quote }}
- {{ printf "--ca-duration=%s" .caDuration | quote }}
{{- end }}
- {{ printf "--tls-min-version=%s" $webhook.tlsMinVersion | quote }}
- {{ printf "--resource-quota-enforcement=%s" (include "spark-operator.webhook.quotaMode" .) | quote }}
- {{ printf "--user-access-check=%s" $webhook.userAccessCheck.mode | quote }}
{{- with include "spark-operator.webhook.trustedServiceAccounts" . }}
- {{ printf "--trusted-service-accounts=%s" . | quote }}
{{- end }}
- {{ printf "--max-request-bytes=%d" (int64 $webhook.maxRequestBytes) | quote }}
- {{ printf "--enable-metrics=%t" $metrics.enable | quote }}
{{- if $metrics.enable }}
- {{ printf "--metrics-bind-address=:%d" (int $metrics.port) | quote }}
{{- with $metrics.prefix }}
- {{ printf "--metrics-prefix=%s" . | quote }}
{{- end }}
{{- end }}
- "--health-probe-bind-address=:8081"
- {{ printf "--log-level=%s" $webhook.logLevel | quote }}
- {{ printf "--log-encoder=%s" $webhook.logEncoder | quote }}
{{- with $webhook.kubeAPIQPS }}
- {{ printf "--kube-api-qps=%d" (int .) | quote }}
{{- end }}
{{- with $webhook.kubeAPIBurst }}
- {{ printf "--kube-api-burst=%d" (int .) | quote }}
{{- end }}
{{- end }}

{{/* What the webhook reads in a namespace whose applications it reviews. */}}
{{- define "spark-operator.webhook.rules" -}}
- apiGroups: [sparkoperator.k8s.io]
  resources: [sparkapplications, sparkpoddefaults]
  verbs: [get, list, watch]
{{- if ne (include "spark-operator.webhook.quotaMode" .) "off" }}
- apiGroups: ['']
  resources: [resourcequotas]
  verbs: [list]
{{- end }}
{{- end }}

{{/* What it does in the cluster whatever the namespaces: its own two configurations, and questions. */}}
{{- define "spark-operator.webhook.clusterRules" -}}
- apiGroups: [admissionregistration.k8s.io]
  resources: [mutatingwebhookconfigurations, validatingwebhookconfigurations]
  resourceNames: [{{ include "spark-operator.webhook.name" . }}]
  verbs: [get, list, watch{{ if not .Values.certManager.enable }}, patch{{ end }}]
# SparkPodDefaults select namespaces by their labels.
- apiGroups: ['']
  resources: [namespaces]
  verbs: [get, list, watch]
{{- if ne .Values.webhook.userAccessCheck.mode "off" }}
- apiGroups: [authorization.k8s.io]
  resources: [subjectaccessreviews]
  verbs: [create]
{{- end }}
{{- end }}

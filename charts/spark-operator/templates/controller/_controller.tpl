{{/* Names, labels, flags and permissions of the controller. */}}

{{- define "spark-operator.controller.name" -}}
{{ include "spark-operator.fullname" . }}-controller
{{- end }}

{{- define "spark-operator.controller.serviceAccountName" -}}
{{- if .Values.controller.serviceAccount.create -}}
{{ .Values.controller.serviceAccount.name | default (include "spark-operator.controller.name" .) }}
{{- else -}}
{{ .Values.controller.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{- define "spark-operator.controller.lockName" -}}
{{ include "spark-operator.controller.name" . }}-lock
{{- end }}

{{/* The flags of `spark-operator controller start`, one list item each. */}}
{{- define "spark-operator.controller.flags" -}}
{{- $controller := .Values.controller }}
{{- $metrics := .Values.prometheus.metrics }}
{{ include "spark-operator.namespaceFlags" . }}
- {{ printf "--controller-threads=%d" (int $controller.workers) | quote }}
- {{ printf "--log-level=%s" $controller.logLevel | quote }}
- {{ printf "--log-encoder=%s" $controller.logEncoder | quote }}
- {{ printf "--driver-pod-creation-grace-period=%s" $controller.driverPodCreationGracePeriod | quote }}
- {{ printf "--driver-start-grace=%s" $controller.driverStartGrace | quote }}
- {{ printf "--max-tracked-executor-per-app=%d" (int $controller.maxTrackedExecutorPerApp) | quote }}
- {{ printf "--enable-ui-service=%t" $controller.uiService.enable | quote }}
{{- if not .Values.podDefaults.enable }}
- "--enable-pod-defaults=false"
{{- end }}
{{- with $controller.leaderElection }}
- {{ printf "--leader-election=%t" .enable | quote }}
{{- if .enable }}
- {{ printf "--leader-election-lock-name=%s" (include "spark-operator.controller.lockName" $) | quote }}
- {{ printf "--leader-election-lock-namespace=%s" $.Release.Namespace | quote }}
- {{ printf "--leader-election-lease-duration=%s" .leaseDuration | quote }}
- {{ printf "--leader-election-renew-deadline=%s" .renewDeadline | quote }}
- {{ printf "--leader-election-retry-period=%s" .retryPeriod | quote }}
{{- end }}
{{- end }}
- {{ printf "--enable-metrics=%t" $metrics.enable | quote }}
{{- if $metrics.enable }}
- {{ printf "--metrics-bind-address=:%d" (int $metrics.port) | quote }}
{{- with $metrics.prefix }}
- {{ printf "--metrics-prefix=%s" . | quote }}
{{- end }}
{{- with $metrics.labels }}
- {{ printf "--metrics-labels=%s" . | quote }}
{{- end }}
{{- end }}
- "--health-probe-bind-address=:8081"
{{- with $controller.kubeAPIQPS }}
- {{ printf "--kube-api-qps=%d" (int .) | quote }}
{{- end }}
{{- with $controller.kubeAPIBurst }}
- {{ printf "--kube-api-burst=%d" (int .) | quote }}
{{- end }}
{{- end }}

{{/* What the controller may do in a namespace whose applications it runs. */}}
{{- define "spark-operator.controller.rules" -}}
# Applications: their spec is the user's; the controller writes the status, deletes what outlived its timeToLiveSeconds, and
# creates and deletes the runs of schedules.
- apiGroups: [sparkoperator.k8s.io]
  resources: [sparkapplications]
  verbs: [get, list, watch, create, delete]
- apiGroups: [sparkoperator.k8s.io]
  resources: [scheduledsparkapplications]
  verbs: [get, list, watch]
- apiGroups: [sparkoperator.k8s.io]
  resources: [sparkapplications/status, scheduledsparkapplications/status]
  verbs: [patch]
{{- if .Values.podDefaults.enable }}
- apiGroups: [sparkoperator.k8s.io]
  resources: [sparkpoddefaults]
  verbs: [get, list, watch]
- apiGroups: [sparkoperator.k8s.io]
  resources: [sparkpoddefaults/status]
  verbs: [patch]
{{- end }}
- apiGroups: ['']
  resources: [pods]
  verbs: [get, list, watch, create, delete]
# What an attempt brings along: configuration, the driver's headless Service and the UI's, claims on demand.
- apiGroups: ['']
  resources: [configmaps]
  verbs: [get, list, create, delete]
- apiGroups: ['']
  resources: [services]
  verbs: [get, list, create, patch, delete]
- apiGroups: ['']
  resources: [persistentvolumeclaims]
  verbs: [get, create, delete]
# It tells its story in events, and reads why a driver cannot start from those of the kubelet.
- apiGroups: ['']
  resources: [events]
  verbs: [list, create, patch]
{{- end }}

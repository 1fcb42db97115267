{{/* The jobs that Helm runs around install, upgrade and uninstall. */}}

{{- define "spark-operator.hook.annotations" -}}
helm.sh/hook: {{ .events }}
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{/*
A hook with all it needs: account, permissions, Job. Each has an account of its own, which lives as long as the hooks of the event. Takes
a dict: root, hook (its name), events, weight, flags (YAML list), clusterRules (YAML list); optional are rules (YAML list, for the release
namespace), secrets ({namespace: names} that it looks for) and backoffLimit.
*/}}
{{- define "spark-operator.hook" -}}
{{- $root := .root }}
{{- $values := $root.Values.hook }}
{{- $name := printf "%s-hook-%s" (include "spark-operator.fullname" $root) .hook }}
{{- $before := include "spark-operator.hook.annotations" (dict "events" .events "weight" (sub .weight 1)) | fromYaml }}
{{- $common := dict "root" $root "component" "hook" "name" $name "annotations" $before }}
{{- $bind := merge (dict "role" $name "subject" (dict "name" $name "namespace" $root.Release.Namespace)) $common }}
apiVersion: v1
kind: ServiceAccount
{{ include "spark-operator.metadata" (merge (dict "namespace" $root.Release.Namespace) $common) }}
automountServiceAccountToken: false
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
{{ include "spark-operator.metadata" $common }}
rules:
  {{- .clusterRules | nindent 2 }}
---
{{ include "spark-operator.binding" (merge (dict "kind" "ClusterRole") $bind) }}
{{- with .rules }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
{{ include "spark-operator.metadata" (merge (dict "namespace" $root.Release.Namespace) $common) }}
rules:
  {{- . | nindent 2 }}
---
{{ include "spark-operator.binding" (merge (dict "kind" "Role" "namespace" $root.Release.Namespace) $bind) }}
{{- end }}
{{- range $namespace, $secrets := .secrets }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
{{ include "spark-operator.metadata" (merge (dict "namespace" $namespace) $common) }}
rules:
  - apiGroups: ['']
    resources: [secrets]
    resourceNames: {{ toJson $secrets }}
    verbs: [get]
---
{{ include "spark-operator.binding" (merge (dict "kind" "Role" "namespace" $namespace) $bind) }}
{{- end }}
---
apiVersion: batch/v1
kind: Job
{{- $annotations := include "spark-operator.hook.annotations" . | fromYaml }}
{{- $_ := set $annotations "helm.sh/hook-output-log-policy" "hook-succeeded,hook-failed" }}
{{ include "spark-operator.metadata" (dict "root" $root "component" "hook" "name" $name "namespace" $root.Release.Namespace "annotations" $annotations) }}
spec:
  backoffLimit: {{ .backoffLimit | default 3 }}
  activeDeadlineSeconds: {{ int $values.activeDeadlineSeconds }}
  # A Job that failed stays for a day, to be read.
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
        {{- include "spark-operator.labels" (dict "root" $root "component" "hook" "labels" $values.labels) | nindent 8 }}
      {{- with merge (dict) $values.annotations $root.Values.commonAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      restartPolicy: Never
      containers:
        - name: {{ .hook }}
          image: {{ include "spark-operator.image" $root }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args:
            - hook
            - {{ .hook }}
            {{- .flags | nindent 12 }}
            - {{ printf "--namespace=%s" $root.Release.Namespace | quote }}
            - {{ printf "--timeout=%s" $values.timeout | quote }}
            - {{ printf "--log-level=%s" $values.logLevel | quote }}
          env:
            {{- include "spark-operator.env" $root | nindent 12 }}
            {{- with $values.env }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- with $values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with $values.securityContext }}
          securityContext:
            {{- toYaml . | nindent 12 }}
          {{- end }}
      serviceAccountName: {{ $name }}
      automountServiceAccountToken: true
      {{- include "spark-operator.pod" (dict "root" $root "component" "hook" "values" $values) | trim | nindent 6 }}
      {{- with $values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}

{{/* Names of the CRDs. */}}
{{- define "spark-operator.crdNames" -}}
[scheduledsparkapplications.sparkoperator.k8s.io, sparkapplications.sparkoperator.k8s.io, sparkpoddefaults.sparkoperator.k8s.io]
{{- end }}

{{/* The jobs that Helm runs around install, upgrade and uninstall. */}}

{{- define "spark-operator.hook.annotations" -}}
helm.sh/hook: {{ .events }}
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{/*
A hook with all it needs: account, permissions, Job. Each has an account of its own, which lives as long as the hooks of the event. Takes
a dict: root, hook (its name), events, weight, flags (YAML list); optional are clusterRules (YAML list), rules (YAML list, for the release
namespace), secrets ({namespace: names} that it looks for), backoffLimit, podFailurePolicy (YAML), timeout (in place of hook.timeout), volumes
and volumeMounts (YAML lists), and openstack (true: it talks to the cloud's services).
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
{{- with .clusterRules }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
{{ include "spark-operator.metadata" $common }}
rules:
  {{- . | nindent 2 }}
---
{{ include "spark-operator.binding" (merge (dict "kind" "ClusterRole") $bind) }}
{{- end }}
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
  {{- with .podFailurePolicy }}
  podFailurePolicy:
    {{- . | nindent 4 }}
  {{- end }}
  # A Job that failed stays for a day, to be read.
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
        {{- include "spark-operator.labels" (dict "root" $root "component" "hook" "labels" $values.labels) | nindent 8 }}
        {{- if .openstack }}
        {{- include "spark-operator.hook.openstackLabels" . | nindent 8 }}
        {{- end }}
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
            - {{ printf "--timeout=%s" (.timeout | default $values.timeout) | quote }}
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
          {{- with .volumeMounts }}
          volumeMounts:
            {{- . | nindent 12 }}
          {{- end }}
      {{- with .volumes }}
      volumes:
        {{- . | nindent 8 }}
      {{- end }}
      serviceAccountName: {{ $name }}
      automountServiceAccountToken: true
      {{- include "spark-operator.pod" (dict "root" $root "component" "hook" "values" $values) | trim | nindent 6 }}
      {{- with $values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}

{{/* Told by a label: NetworkPolicies let these jobs out to the cloud's services, whose ports nobody knows beforehand. */}}
{{- define "spark-operator.hook.openstackLabels" -}}
sparkoperator.k8s.io/reaches: openstack
{{- end }}

{{/* Names of the CRDs. */}}
{{- define "spark-operator.crdNames" -}}
[scheduledsparkapplications.sparkoperator.k8s.io, sparkapplications.sparkoperator.k8s.io, sparkpoddefaults.sparkoperator.k8s.io]
{{- end }}

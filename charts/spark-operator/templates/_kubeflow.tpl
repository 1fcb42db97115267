{{/* Values of kubeflow's chart that this chart accepts but has no use for. docs/migration.md has a row for each. */}}

{{/* The notes about those that are set, as JSON: {"notes": [...]}. Fails for one that asks for what is not there. */}}
{{- define "spark-operator.kubeflow.notes" -}}
{{- $values := .Values }}
{{- $notes := list }}
{{- range $path := include "spark-operator.kubeflow.dropped" . | fromYamlArray }}
{{- $found := $values }}
{{- range $key := splitList "." $path }}
{{- $found = kindIs "map" $found | ternary (get $found $key | default "") "" }}
{{- end }}
{{- $last := splitList "." $path | last }}
{{- $parent := $values }}
{{- range $key := splitList "." $path | initial }}
{{- $parent = get $parent $key | default dict }}
{{- end }}
{{- if hasKey $parent $last }}{{ $notes = append $notes $path }}{{ end }}
{{- end }}
{{- if eq .Values.image.repository "kubeflow/spark-operator/controller" }}
{{- $notes = append $notes "image.registry, image.repository, image.tag: they name kubeflow's image, which does not have these programs" }}
{{- end }}
{{- dict "notes" $notes | toJson }}
{{- end }}

{{- define "spark-operator.kubeflow.dropped" -}}
- hook.image
- controller.featureGates
- controller.defaultTimeToLiveSeconds
- controller.driverPodDisruptionBudget
- controller.scheduledSparkApplicationTimestampPrecision
- controller.uiIngress
- controller.batchScheduler
- controller.pprof
- controller.workqueueRateLimiter
- submitter
- webhook.leaderElection
- prometheus.metrics.endpoint
- prometheus.metrics.jobSubmitLatencyBuckets
- prometheus.metrics.jobStartLatencyBuckets
{{- end }}

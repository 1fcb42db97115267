{{/* Values of kubeflow's chart that this chart has no use for. docs/migration.md has a row for each. */}}

{{/* What is accepted without effect, as paths. */}}
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

{{/* Lines about those of them that are set, as JSON: {"notes": [...]}. */}}
{{- define "spark-operator.kubeflow.notes" -}}
{{- $values := .Values }}
{{- $notes := list }}
{{- range $path := include "spark-operator.kubeflow.dropped" . | fromYamlArray }}
{{- $keys := splitList "." $path }}
{{- $parent := $values }}
{{- range initial $keys }}{{- $parent = get $parent . | default dict }}{{- end }}
{{- if hasKey $parent (last $keys) }}{{ $notes = append $notes $path }}{{ end }}
{{- end }}
{{- if eq .Values.image.repository "kubeflow/spark-operator/controller" }}
{{- $notes = append $notes "image.registry, image.repository, image.tag (they name kubeflow's image, which does not have these programs)" }}
{{- end }}
{{- dict "notes" $notes | toJson }}
{{- end }}

{{/* Refuses what asks for something that is not there: to go on without it would be a silent loss. */}}
{{- define "spark-operator.kubeflow.refuse" -}}
{{- $controller := .Values.controller }}
{{- if dig "batchScheduler" "enable" false $controller }}
{{- fail "controller.batchScheduler.enable is true, but this operator makes no pod groups. Leave it out; spec.driver.schedulerName and spec.executor.schedulerName of an application choose a scheduler for its pods." }}
{{- end }}
{{- if dig "uiIngress" "enable" false $controller }}
{{- fail "controller.uiIngress.enable is true, but this operator makes no Ingresses for Spark UIs. Leave it out; the UI of an application is behind its Service <application>-ui-svc and `sparkctl forward`." }}
{{- end }}
{{- if dig "driverPodDisruptionBudget" "enable" false $controller }}
{{- fail "controller.driverPodDisruptionBudget.enable is true, but this operator makes no budgets for drivers. Leave it out, and make a PodDisruptionBudget that selects spark-role=driver in the job namespace." }}
{{- end }}
{{- if dig "defaultTimeToLiveSeconds" 0 $controller }}
{{- fail "controller.defaultTimeToLiveSeconds is set, but this operator has no default for it. Leave it out and set spec.timeToLiveSeconds in the applications." }}
{{- end }}
{{- if dig "serviceUrl" "" (.Values.submitter | default dict) }}
{{- fail "submitter.serviceUrl is set, but this operator submits applications itself, without a JVM and without a service. Leave it out." }}
{{- end }}
{{- end }}

{{/* Images and what opens their registries. */}}

{{/* The reference of an image. Takes a dict: root, image (registry, repository, tag). global.imageRegistry takes the place of every registry. */}}
{{- define "spark-operator.imageOf" -}}
{{- $registry := .root.Values.global.imageRegistry | default .image.registry }}
{{- with $registry }}{{ . }}/{{ end }}{{ .image.repository }}:{{ .image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* The operator's own image: the controller, the webhook, the hooks and the test run it. */}}
{{- define "spark-operator.image" -}}
{{- $image := .Values.image }}
{{- if eq $image.repository "kubeflow/spark-operator/controller" }}
{{- /* The default of kubeflow's chart. Its image does not have these programs, so it is read as "not chosen". */}}
{{- $image = dict "registry" (eq $image.registry "ghcr.io" | ternary "localhost" $image.registry) "repository" "spark-operator" "tag" "" }}
{{- end }}
{{- include "spark-operator.imageOf" (dict "root" . "image" $image) }}
{{- end }}

{{/* The pull secrets of all pods as JSON: {"secrets": [{"name": ...}]}. global.imagePullSecrets takes names and objects. */}}
{{- define "spark-operator.pullSecrets" -}}
{{- $secrets := list }}
{{- range concat .Values.global.imagePullSecrets .Values.image.pullSecrets }}
{{- $secrets = append $secrets (kindIs "string" . | ternary (dict "name" .) .) }}
{{- end }}
{{- dict "secrets" (uniq $secrets) | toJson }}
{{- end }}

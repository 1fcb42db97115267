{{/* What the jobs that talk to OpenStack have in common. */}}

{{/* Names that the jobs give, and `opsparkctl` as well: the Secret with the S3 keys, the SparkPodDefaults and what is known of the cluster. */}}
{{- define "spark-operator.openstack.secretName" -}}
spark-s3
{{- end }}

{{- define "spark-operator.openstack.podDefaultsName" -}}
openstack-s3
{{- end }}

{{- define "spark-operator.openstack.stateName" -}}
opsparkctl-state
{{- end }}

{{/*
The Secrets, as files. The pods start without them, too: the program says what is missing, where a pod would wait for it without a word.
*/}}
{{- define "spark-operator.openstack.volumes" -}}
- name: clouds
  secret:
    secretName: {{ .Values.openstack.cloudsSecret.name }}
    optional: true
{{- with .Values.openstack.s3.keysSecret }}
- name: keys
  secret:
    secretName: {{ . }}
    optional: true
{{- end }}
{{- end }}

{{- define "spark-operator.openstack.volumeMounts" -}}
- name: clouds
  mountPath: /etc/openstack
  readOnly: true
{{- if .Values.openstack.s3.keysSecret }}
- name: keys
  mountPath: /etc/openstack-s3
  readOnly: true
{{- end }}
{{- end }}

{{/* Flags that say how to reach the cloud, as JSON: {"list": [...]}. */}}
{{- define "spark-operator.openstack.cloudFlags" -}}
{{- $values := .Values.openstack }}
{{- $flags := list "--clouds-folder=/etc/openstack" (printf "--clouds-file=%s" $values.cloudsSecret.key) (printf "--clouds-secret=%s" $values.cloudsSecret.name) (printf "--cloud=%s" $values.cloud) }}
{{- with $values.s3.keysSecret }}
{{- $flags = concat $flags (list "--keys-folder=/etc/openstack-s3" (printf "--keys-secret=%s" .)) }}
{{- end }}
{{- dict "list" $flags | toJson }}
{{- end }}

{{/* Names of what the controller may copy into job namespaces, as JSON: {"secrets": [...], "configMaps": [...]}. */}}
{{- define "spark-operator.propagate" -}}
{{- $propagate := .Values.podDefaults.propagate }}
{{- $secrets := $propagate.secrets }}
{{- if .Values.openstack.enabled }}
{{- $secrets = append $secrets (include "spark-operator.openstack.secretName" .) | uniq }}
{{- end }}
{{- dict "secrets" $secrets "configMaps" $propagate.configMaps | toJson }}
{{- end }}

{{/* Not empty when uninstalling gives the S3 keys back. */}}
{{- define "spark-operator.openstack.cleanup" -}}
{{- if and .Values.openstack.enabled .Values.openstack.cleanup }}true{{ end }}
{{- end }}

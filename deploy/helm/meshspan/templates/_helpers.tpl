{{- define "meshspan.name" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride }}{{ else if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "meshspan.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "meshspan.labels" -}}
{{ include "meshspan.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "meshspan.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "meshspan.name" .) }}{{ else }}{{ .Values.serviceAccount.name | default "default" }}{{ end }}
{{- end }}

{{- define "meshspan.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ with .Values.image.digest }}@{{ . }}{{ end }}
{{- end }}

{{/* The address at which people reach Meshspan, empty if the chart does not make it reachable. */}}
{{- define "meshspan.url" -}}
{{- if .Values.ingress.enabled }}https://{{ .Values.ingress.host }}{{ else if .Values.httpRoute.enabled }}https://{{ first .Values.httpRoute.hostnames }}{{ end }}
{{- end }}

{{/* Whoever ends TLS says who asks and how, and links in notifications lead there. What config says itself counts. */}}
{{- define "meshspan.config" -}}
{{- $config := deepCopy (.Values.config | default dict) }}
{{- include "meshspan.noSecrets" (dict "at" "config" "value" $config) }}
{{- $url := include "meshspan.url" . }}
{{- if $url }}
{{- $own := fromYaml (include "meshspan.keys" (dict "at" "" "value" $config)) }}
{{- range $key, $value := dict "server.forward-headers-strategy" "native" "meshspan.notifications.base-url" $url }}
{{- if not (hasKey $own $key) }}
{{- $_ := set $config $key $value }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $config }}
{{- end }}

{{/* The keys of an application.yaml, however they are nested. */}}
{{- define "meshspan.keys" -}}
{{- range $key, $value := .value }}
{{- $at := printf "%s%s" $.at $key }}
{{- if kindIs "map" $value }}
{{- include "meshspan.keys" (dict "at" (printf "%s." $at) "value" $value) }}
{{- else }}
{{ $at | quote }}: true
{{- end }}
{{- end }}
{{- end }}

{{/* A ConfigMap is no place for a secret. The message names the key, never the value. */}}
{{- define "meshspan.noSecrets" -}}
{{- if kindIs "map" .value }}
{{- range $key, $value := .value }}
{{- include "meshspan.noSecrets" (dict "at" (printf "%s.%s" $.at $key) "value" $value) }}
{{- end }}
{{- else if kindIs "slice" .value }}
{{- range $index, $value := .value }}
{{- include "meshspan.noSecrets" (dict "at" (printf "%s[%d]" $.at $index) "value" $value) }}
{{- end }}
{{- else if and (regexMatch "(?i)(password|secret)$" .at) (not (contains "${" (toString .value))) }}
{{- fail (printf "%s: a secret stands here, and would be in a ConfigMap. Write ${SOME_NAME}, and set SOME_NAME by extraEnv with secretKeyRef." .at) }}
{{- end }}
{{- end }}

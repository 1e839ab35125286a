{{- define "istiod.suffix" -}}
{{- if .Values.revision }}-{{ .Values.revision }}{{ end -}}
{{- end }}

{{- define "istiod.rev" -}}
{{- .Values.revision | default "default" -}}
{{- end }}

{{- define "istiod.meta" -}}
app: istiod
{{ include "istiod.common" . }}
{{- end }}

{{- define "istiod.common" -}}
istio.io/rev: {{ include "istiod.rev" . | quote }}
operator.istio.io/component: Pilot
{{ include "istiod.plain" . }}
{{- end }}

{{- define "istiod.plain" -}}
release: {{ .Release.Name }}
app.kubernetes.io/name: istiod
{{ include "sandbox.labels" . }}
{{- end }}

{{- define "istiod.remote" -}}
{{- if or (eq .Values.profile "remote") .Values.istiodRemote.enabled }}true{{ end -}}
{{- end }}

{{- /* What a control plane needs in its own cluster, and a remote where configuration is kept. */}}
{{- define "istiod.rights" -}}
{{- if or (not (include "istiod.remote" .)) .Values.global.configCluster }}true{{ end -}}
{{- end }}

{{- define "istiod.byIp" -}}
{{- if regexMatch "^([0-9]*\\.){3}[0-9]*$" .Values.global.remotePilotAddress }}IPv4
{{- else if regexMatch "^([0-9a-fA-F]*:)+[0-9a-fA-F]*$" .Values.global.remotePilotAddress }}IPv6{{ end -}}
{{- end }}

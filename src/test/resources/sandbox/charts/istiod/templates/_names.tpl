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

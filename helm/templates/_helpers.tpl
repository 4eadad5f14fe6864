{{- define "cardvault.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "cardvault.selector" -}}
app.kubernetes.io/name: cardvault
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "cardvault.labels" -}}
{{ include "cardvault.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "cardvault.image" -}}
{{- with .Values.image -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end -}}

{{/* What the restricted level of the pod security standards asks for, and a root that cannot be written. */}}
{{- define "cardvault.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "cardvault.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* sslmode is not a value: the service refuses anything below it. */}}
{{- define "cardvault.databaseUrl" -}}
{{- with .Values.database -}}
jdbc:postgresql://{{ join "," .hosts }}/{{ .name }}?sslmode=verify-full&sslrootcert=/etc/cardvault/database/{{ .ca.key }}
{{- range $name, $value := .parameters }}&{{ $name }}={{ $value | urlquery }}{{ end -}}
{{- end -}}
{{- end -}}

{{/* A property's name as the environment spells it. */}}
{{- define "cardvault.variable" -}}
{{ regexReplaceAll "[^A-Za-z0-9]" . "_" | upper }}
{{- end -}}

{{- define "cardvault.apiPort" -}}
{{ ternary 8443 8080 (eq .Values.tls.mode "secret") }}
{{- end -}}

{{/* The volume with a service account's token for Vault, when the way to log in needs one. */}}
{{- define "cardvault.audience" -}}
{{- with .Values.vault.auth -}}
{{- if eq .method "kubernetes" }}{{ .kubernetes.audience }}{{ else if eq .method "agent" }}{{ .agent.audience }}{{ end -}}
{{- end -}}
{{- end -}}

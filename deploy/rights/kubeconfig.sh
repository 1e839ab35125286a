#!/bin/sh
# Prints a kubeconfig with which Meshspan reaches a cluster: kubeconfig.sh CONTEXT [NAME] > NAME.kubeconfig
# CONTEXT is an administrator's context of the current kubeconfig, NAME what Meshspan shall call the cluster (CONTEXT if it is
# not given). The token is bound to the ServiceAccount meshspan-access/meshspan of meshspan.yaml and ends after MESHSPAN_TOKEN_DURATION
# (8760h); API servers may shorten that. With MESHSPAN_TOKEN=secret it is that of a Secret instead, which does not end.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  sed -n '2,6s/^# //p' "$0" >&2
  exit 2
fi
context=$1
name=${2:-$1}
duration=${MESHSPAN_TOKEN_DURATION:-8760h}
namespace=meshspan-access
account=meshspan

say() { printf '%s\n' "$*" >&2; }
of_context() { kubectl config view --raw --flatten --minify --context "$context" -o "jsonpath=$1"; }

if ! kubectl --context "$context" --namespace "$namespace" get serviceaccount "$account" >/dev/null; then
  say "$context has no ServiceAccount $namespace/$account. Apply deploy/rights/meshspan.yaml there first."
  exit 1
fi

server=$(of_context '{.clusters[0].cluster.server}')
ca=$(of_context '{.clusters[0].cluster.certificate-authority-data}')
server_name=$(of_context '{.clusters[0].cluster.tls-server-name}')
proxy=$(of_context '{.clusters[0].cluster.proxy-url}')
if [ "$(of_context '{.clusters[0].cluster.insecure-skip-tls-verify}')" = true ]; then
  say "$context does not check the API server's certificate. Name its CA in your kubeconfig, then try again."
  exit 1
fi

if [ "${MESHSPAN_TOKEN:-}" = secret ]; then
  kubectl --context "$context" apply -f - >&2 <<YAML
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata:
  name: $account-token
  namespace: $namespace
  annotations:
    kubernetes.io/service-account.name: $account
YAML
  token=
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    token=$(kubectl --context "$context" --namespace "$namespace" get secret "$account-token" \
      -o 'jsonpath={.data.token}' | base64 -d)
    [ -n "$token" ] && break
    sleep 1
  done
else
  token=$(kubectl --context "$context" --namespace "$namespace" create token "$account" --duration "$duration")
fi
if [ -z "$token" ]; then
  say "$context gave no token for $namespace/$account."
  exit 1
fi

cat <<YAML
apiVersion: v1
kind: Config
current-context: "$name"
clusters:
  - name: "$name"
    cluster:
      server: "$server"
YAML
[ -z "$ca" ] || printf '      certificate-authority-data: "%s"\n' "$ca"
[ -z "$server_name" ] || printf '      tls-server-name: "%s"\n' "$server_name"
[ -z "$proxy" ] || printf '      proxy-url: "%s"\n' "$proxy"
cat <<YAML
users:
  - name: "$name"
    user:
      token: "$token"
contexts:
  - name: "$name"
    context:
      cluster: "$name"
      user: "$name"
YAML

#!/usr/bin/env bash
# Istio's multicluster guide as a person types it, one command after the other, for 2..N clusters, HelloWorld included.
# usage: guide.sh TOPOLOGY   with CLUSTERS (context=network@api-server,...), ISTIO_RELEASE (its samples), HUB, KUBECONFIG
# Prints the seconds from the first command to the last answer; certificates are made beforehand.
set -euo pipefail

TOPOLOGY=$1
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
declare -a NAMES NETWORKS SERVERS
for given in ${CLUSTERS//,/ }; do
  NAMES+=("${given%%=*}")
  network=${given#*=}
  NETWORKS+=("${network%%@*}")
  SERVERS+=("$(sed -n 's/.*@//p' <<<"$given")")
done
PRIMARY=${NAMES[0]}

certificates() {
  (
    cd "$WORK"
    make -s -f "$ISTIO_RELEASE/tools/certs/Makefile.selfsigned.mk" root-ca "${NAMES[@]/%/-cacerts}"
  ) >/dev/null 2>&1
}

trust() { # context network
  kubectl --context="$1" create namespace istio-system
  kubectl --context="$1" label namespace istio-system "topology.istio.io/network=$2"
  kubectl --context="$1" create secret generic cacerts -n istio-system \
    --from-file="$WORK/$1/ca-cert.pem" --from-file="$WORK/$1/ca-key.pem" \
    --from-file="$WORK/$1/root-cert.pem" --from-file="$WORK/$1/cert-chain.pem"
}

operator() { # context network profile, a line of values, a line of values.global
  cat <<YAML
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  profile: $3
  hub: $HUB
  values:
    $4
    global:
      meshID: mesh1
      multiCluster:
        clusterName: $1
      network: $2
      $5
YAML
}

primary() { # context network
  local external=""
  [[ $TOPOLOGY == primary-remote* ]] && external="externalIstiod: true"
  operator "$1" "$2" default "" "$external" >"$WORK/$1.yaml"
  istioctl install -y --context="$1" -f "$WORK/$1.yaml"
}

remote() { # context network
  local address
  address=$(kubectl --context="$PRIMARY" -n istio-system get svc istio-eastwestgateway \
    -o jsonpath='{.status.loadBalancer.ingress[0].ip}')
  kubectl --context="$1" annotate namespace istio-system "topology.istio.io/controlPlaneClusters=$PRIMARY"
  operator "$1" "$2" remote "istiodRemote: {injectionPath: /inject/cluster/$1/net/$2}" "remotePilotAddress: $address" \
    >"$WORK/$1.yaml"
  istioctl install -y --context="$1" -f "$WORK/$1.yaml"
}

gateway() { # context network
  MESH=mesh1 CLUSTER=$1 NETWORK=$2 "$ISTIO_RELEASE/samples/multicluster/gen-eastwest-gateway.sh" >"$WORK/gateway.yaml"
  istioctl install -y --context="$1" -f "$WORK/gateway.yaml" --set "hub=$HUB"
  until [[ -n $(kubectl --context="$1" -n istio-system get svc istio-eastwestgateway \
    -o jsonpath='{.status.loadBalancer.ingress[0].ip}') ]]; do sleep 1; done
}

sample() { kubectl --context="$1" apply -n "$3" -f "$ISTIO_RELEASE/samples/multicluster/$2.yaml"; }

secret() { # of reader
  istioctl create-remote-secret --context="${NAMES[$1]}" --name="${NAMES[$1]}" \
    ${SERVERS[$1]:+--server="${SERVERS[$1]}"} | kubectl apply -f - --context="$2"
}

install() {
  local many=false i
  [[ $TOPOLOGY == *-multi-network ]] && many=true
  for i in "${!NAMES[@]}"; do
    trust "${NAMES[$i]}" "${NETWORKS[$i]}"
    if [[ $TOPOLOGY == multi-primary* || $i == 0 ]]; then
      primary "${NAMES[$i]}" "${NETWORKS[$i]}"
    else
      remote "${NAMES[$i]}" "${NETWORKS[$i]}"
    fi
    if [[ $TOPOLOGY == primary-remote* && $i == 0 ]]; then
      gateway "$PRIMARY" "${NETWORKS[0]}"
      sample "$PRIMARY" expose-istiod istio-system
      if $many; then sample "$PRIMARY" expose-services istio-system; fi
    elif $many; then
      if [[ $TOPOLOGY == primary-remote* ]]; then secret "$i" "$PRIMARY"; fi
      gateway "${NAMES[$i]}" "${NETWORKS[$i]}"
      if [[ $TOPOLOGY == multi-primary* ]]; then sample "${NAMES[$i]}" expose-services istio-system; fi
    fi
  done
  for i in "${!NAMES[@]}"; do
    for reader in "${NAMES[@]}"; do
      [[ ${NAMES[$i]} == "$reader" ]] && continue
      if [[ $TOPOLOGY == multi-primary* || $reader == "$PRIMARY" ]]; then secret "$i" "$reader"; fi
    done
  done
}

deploy() { # context version
  local hello=$ISTIO_RELEASE/samples/helloworld/helloworld.yaml
  kubectl create --context="$1" namespace sample
  kubectl label --context="$1" namespace sample istio-injection=enabled
  kubectl apply --context="$1" -f "$hello" -l service=helloworld -n sample
  sed "/apiVersion/!s/v1/$2/g" "$hello" | kubectl apply --context="$1" -f - -l "version=$2" -n sample
  kubectl apply --context="$1" -f "$ISTIO_RELEASE/samples/curl/curl.yaml" -n sample
}

call() { # context: until every version has answered
  local -A seen=()
  local answer calls=0
  while ((${#seen[@]} < ${#NAMES[@]})); do
    ((++calls <= 400)) || { echo "$1: ${!seen[*]} alone answered" >&2; exit 1; }
    answer=$(kubectl exec --context="$1" -n sample -c curl "$2" -- curl -sS helloworld.sample:5000/hello || true)
    [[ $answer =~ version:\ (v[0-9]+) ]] && seen[${BASH_REMATCH[1]}]=1
  done
}

verify() {
  local i name
  for i in "${!NAMES[@]}"; do deploy "${NAMES[$i]}" "v$((i + 1))"; done
  for name in "${NAMES[@]}"; do
    kubectl --context="$name" -n sample rollout status deployment --timeout=120s
    call "$name" "$(kubectl get pod --context="$name" -n sample -l app=curl -o jsonpath='{.items[0].metadata.name}')"
  done
}

certificates
began=$(date +%s.%N)
# In the background, for behind || a shell goes on after a command that fails.
(
  install
  verify
) >"$WORK/log" 2>&1 &
wait $! || {
  tail -n 20 "$WORK/log" >&2
  exit 1
}
awk "BEGIN { printf \"%.1f\n\", $(date +%s.%N) - $began }"

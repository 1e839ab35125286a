#!/usr/bin/env bash
# Two kind clusters for Meshspan, each on an Istio network of its own: kind-pair.sh up | down. Writes into ./kind-pair.
set -euo pipefail

METALLB=v0.15.2
folder=${KIND_PAIR_FOLDER:-kind-pair}
clusters=(cluster1 cluster2)

need() {
  command -v "$1" >/dev/null || { echo "kind-pair: $1 is needed and not there" >&2; exit 2; }
}

node_address() {
  docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1-control-plane"
}

# The third byte of the addresses that MetalLB gives out: 101 for cluster1, 102 for cluster2.
load_balancers() {
  local cluster=$1 number=$2 prefix
  prefix=$(node_address "$cluster" | cut -d. -f1-2)
  kubectl --context "kind-$cluster" apply -f \
    "https://raw.githubusercontent.com/metallb/metallb/$METALLB/config/manifests/metallb-native.yaml"
  kubectl --context "kind-$cluster" -n metallb-system rollout status deployment/controller --timeout 180s
  kubectl --context "kind-$cluster" apply -f - <<YAML
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: pool, namespace: metallb-system }
spec:
  addresses: ["$prefix.$number.1-$prefix.$number.250"]
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata: { name: pool, namespace: metallb-system }
YAML
}

up() {
  local number=101 cluster
  mkdir -p "$folder"
  for cluster in "${clusters[@]}"; do
    kind get clusters | grep -qx "$cluster" || kind create cluster --name "$cluster" --wait 180s
    load_balancers "$cluster" "$number"
    number=$((number + 1))
  done
  (
    umask 077
    for cluster in "${clusters[@]}"; do kind get kubeconfig --name "$cluster" >"$folder/$cluster.kubeconfig"; done
    KUBECONFIG=$folder/cluster1.kubeconfig:$folder/cluster2.kubeconfig kubectl config view --flatten >"$folder/kubeconfig"
  )
  {
    echo "meshspan:"
    echo "  inventory:"
    echo "    kubeconfig: $(pwd)/$folder/kubeconfig"
    echo "    clusters:"
    for cluster in "${clusters[@]}"; do
      echo "      $cluster:"
      echo "        context: kind-$cluster"
      echo "        network: ${cluster/cluster/network}"
      echo "        api-server: https://$(node_address "$cluster"):6443"
    done
    for user in 'olivia Olivia Operator operators' 'carla Carla Change change-managers'; do
      read -r id first last group <<<"$user"
      [ "$id" = olivia ] && echo "  users:"
      echo "    - { id: $id, first-name: $first, last-name: $last, email: $id@example.org, password: '\${MESHSPAN_PAIR_PASSWORD}', groups: [$group] }"
    done
  } >"$folder/meshspan.yaml"
  echo "Start Meshspan with --spring.config.additional-location=$folder/meshspan.yaml"
}

down() {
  local cluster
  for cluster in "${clusters[@]}"; do kind delete cluster --name "$cluster"; done
  rm -f "$folder"/cluster1.kubeconfig "$folder"/cluster2.kubeconfig "$folder"/kubeconfig "$folder"/meshspan.yaml
}

case "${1:-}" in
  up) need docker; need kind; need kubectl; up ;;
  down) need kind; down ;;
  *) echo "usage: kind-pair.sh up | down" >&2; exit 2 ;;
esac

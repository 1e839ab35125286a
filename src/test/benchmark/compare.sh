#!/usr/bin/env bash
# The guide's commands and Meshspan in turn on the same clusters: prints both times and their ratio for each topology.
# usage: compare.sh TOPOLOGY...
# with KUBECONFIG, CLUSTERS (context=network@api-server,...), ISTIO_RELEASE (a release's folder), HUB, VERSION, kubectl and
# istioctl on the PATH, and FRESH, a command that makes the clusters as new (it is run before each measurement).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

guide() {
  eval "$FRESH" >/dev/null 2>&1
  "$here/guide.sh" "$1"
}

meshspan() {
  eval "$FRESH" >/dev/null 2>&1
  (cd "$here/../../.." && mvn -B -ntp test-compile dependency:properties failsafe:integration-test failsafe:verify \
    -Dit.test=BenchmarkE2E -Dmeshspan.e2e.topology="$1" -Dmeshspan.e2e.rounds=0 -Dmeshspan.e2e.kubeconfig="$KUBECONFIG" \
    -Dmeshspan.e2e.clusters="$CLUSTERS" -Dmeshspan.e2e.charts="$ISTIO_RELEASE/manifests/charts" \
    -Dmeshspan.e2e.hub="$HUB" -Dmeshspan.e2e.versions="$VERSION") >"$log" 2>&1 || { tail -n 40 "$log" >&2; return 1; }
  sed -n 's/^first round.*: \([0-9.]*\) s from.*/\1/p' "$log"
}

printf '%-30s %10s %10s %8s\n' topology 'guide s' 'Meshspan s' ratio
for topology in "$@"; do
  theirs=$(guide "$topology")
  ours=$(meshspan "$topology")
  awk -v t="$topology" -v g="$theirs" -v m="$ours" 'BEGIN { printf "%-30s %10.1f %10.1f %8.1f\n", t, g, m, g / m }'
done

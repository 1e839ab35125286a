#!/usr/bin/env bash
# Tries docs/examples against a sandbox that runs: try.sh [http://127.0.0.1:8080]. MESHSPAN_JAR names the jar; git is needed.
# It plays the merge request, the merge, the approver and the reconcile loop, and fails at the first thing that is not as
# docs/automation.md says.
set -euo pipefail
here=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MESHSPAN_SERVER=${1:-http://127.0.0.1:8080} MESHSPAN_CONFIG=$work/none MESHSPAN_PASSWORD_FILE=$work/password
export MESHSPAN_USER=olivia PATH=$here/docs/examples:$PATH MESHSPAN_TIMEOUT=5m
(umask 077 && echo sandbox-only >"$work/password")

expect() { # CODE COMMAND...
  local wanted=$1 code=0
  shift
  "$@" >"$work/out" 2>"$work/err" || code=$?
  if [ "$code" != "$wanted" ]; then
    echo "FAILED: '$*' ended with $code, expected $wanted"
    cat "$work/out" "$work/err"
    exit 1
  fi
  echo "ok $code: $*"
}

approve_when_asked() { # MESH: as carla, the newest change of the mesh that waits for an approval
  local id digest
  for _ in $(seq 60); do
    id=$(meshspan status --mesh "$1" --state WAITING_FOR_APPROVAL -o json | sed -n 's/^ *"id" : "\(.*\)",$/\1/p' | head -1)
    [ -n "$id" ] && break
    sleep 1
  done
  digest=$(meshspan status "$id" | sed -n 's/^plan  *\([0-9a-f]\{64\}\).*/\1/p' | tail -1)
  MESHSPAN_USER=carla meshspan approve "$id" --plan "$digest"
}

# The repository of the mesh, with a remote.
git init -q --bare -b main "$work/origin"
git -c init.defaultBranch=main clone -q "$work/origin" "$work/repo" 2>/dev/null
cp "$here/docs/examples/mesh.yaml" "$work/repo/"
git -C "$work/repo" add mesh.yaml
git -C "$work/repo" -c user.name=t -c user.email=t@example.org commit -qm "mesh"
git -C "$work/repo" push -q origin HEAD:main
git clone -q "$work/origin" "$work/clone"
sha=$(git -C "$work/repo" rev-parse HEAD)

# The merge request: a plan, and nothing else.
expect 0 pipeline.sh plan "$work/repo/mesh.yaml"
grep -q "awaits the merge" "$work/out"
expect 10 meshspan plan -f "$work/repo/mesh.yaml" --detailed-exitcode -o json
grep -q '"digest"' "$work/out"
expect 3 meshspan plan -f /dev/null
expect 0 meshspan status --state WAITING_FOR_APPROVAL
if grep -q mesh1 "$work/out"; then echo "FAILED: a plan asks for an approval"; exit 1; fi

# After the merge: GitLab's and GitHub's job, an approver beside it.
approve_when_asked mesh1 >"$work/approved" 2>&1 &
expect 0 pipeline.sh apply "$work/repo/mesh.yaml" "commit $sha" "$sha"
wait
grep -q VERIFIED "$work/out"

# The loop finds the same commit: the same key, so nothing starts a second time.
before=$(meshspan status --mesh mesh1 --limit 100 | wc -l)
expect 0 "$here/docs/examples/gitops/reconcile.sh" "$work/clone"
expect 0 "$here/docs/examples/gitops/reconcile.sh" "$work/clone"
grep -q "is carried out" "$work/out"
[ "$(meshspan status --mesh mesh1 --limit 100 | wc -l)" = "$before" ]

# A new commit; somebody rejects it.
(cd "$work/repo" && echo "keepSample: true" >>mesh.yaml && git -c user.name=t -c user.email=t@example.org commit -qam "keep" && git push -q origin HEAD:main)
(
  for _ in $(seq 60); do
    id=$(meshspan status --mesh mesh1 --state WAITING_FOR_APPROVAL -o json | sed -n 's/^ *"id" : "\(.*\)",$/\1/p' | head -1)
    [ -n "$id" ] && break
    sleep 1
  done
  MESHSPAN_USER=carla meshspan approve "$id" --reject -c "not today"
) >/dev/null 2>&1 &
expect 7 "$here/docs/examples/gitops/reconcile.sh" "$work/clone"
wait

# Evidence of the change that was verified.
id=$(meshspan status --mesh mesh1 --state VERIFIED -o json | sed -n 's/^ *"id" : "\(.*\)",$/\1/p' | head -1)
MESHSPAN_USER=andrea meshspan evidence get "$id" >"$work/evidence.json"
expect 0 meshspan evidence verify "$work/evidence.json"
sed -i 's/"carla"/"olivia"/' "$work/evidence.json"
expect 1 meshspan evidence verify "$work/evidence.json"
echo "Everything is as docs/automation.md says."

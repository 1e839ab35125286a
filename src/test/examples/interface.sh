#!/usr/bin/env bash
# A pipeline by curl and jq alone, written from openapi.yaml, against a sandbox that runs: interface.sh [http://127.0.0.1:8080].
# Requests, plans, approves, waits, reads evidence, checks drift, upgrades, rotates and rejects; and hears each kind of error.
# It fails at the first answer that is not as openapi.yaml says. With MESHSPAN_JAR it verifies the evidence, too.
set -euo pipefail
server=${1:-http://127.0.0.1:8080}/api/v1
here=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $*" >&2
  cat "$work/body" >&2
  exit 1
}

call() { # STATUS USER METHOD PATH [CURL OPTIONS]: the body is in $work/body, the headers are in $work/head
  local status user=$2 method=$3 path=$4 expected=$1
  shift 4
  : >"$work/body"
  status=$(curl -sS -u "$user:sandbox-only" -X "$method" -o "$work/body" -D "$work/head" -w '%{http_code}' "$@" "$server$path")
  [ "$status" = "$expected" ] || fail "$method $path as $user: $status, expected $expected"
  if [ "$expected" -ge 400 ]; then
    grep -qi '^content-type: application/problem+json' "$work/head" || fail "$method $path: no problem+json"
    jq -e '.title and .detail and .status == '"$expected" "$work/body" >/dev/null || fail "$method $path: no problem"
  fi
  echo "ok $status $method $path"
}

json=(-H 'Content-Type: application/json')

ask() { # BODY KEY: starts a change; its ID is in $id
  call 201 olivia POST /changes "${json[@]}" -H "Idempotency-Key: $2" -d "$1"
  id=$(jq -r .id "$work/body")
}

await() { # STATE...: by long polls, until the change has one of these states
  local etag='' state known=()
  while true; do
    curl -sS -u olivia:sandbox-only -D "$work/head" -o "$work/body" "${known[@]}" "$server/changes/$id?wait=60s"
    if ! head -1 "$work/head" | grep -q ' 304'; then
      state=$(jq -r .change.state "$work/body")
      for wanted in "$@"; do [ "$state" = "$wanted" ] && { echo "ok $state"; return; }; done
      [ "$(jq -r .change.ended "$work/body")" = null ] || fail "the change ended as $state"
    fi
    etag=$(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' "$work/head")
    known=(-H "If-None-Match: $etag")
  done
}

approve() {
  await WAITING_FOR_APPROVAL
  call 200 carla GET "/changes/$id/plans"
  digest=$(jq -r '.items[0].data.digest' "$work/body")
  call 204 carla POST "/changes/$id/approval" "${json[@]}" -H "Idempotency-Key: $id" -d "{\"approved\": true, \"planDigest\": \"$digest\"}"
}

mesh=$(jq -n --arg run "$$" '{process: "install-mesh", reason: "run \($run)",
  meshFile: {meshId: "mesh1", istioVersion: "1.29.6", clusters: [{name: "cluster1"}, {name: "cluster2"}]}}')

# A plan alone.
ask "$(jq '.planOnly = true' <<<"$mesh")" "plan-$$"
await PLANNED

# The change; each request is sent twice, as if the first answer had been lost.
ask "$mesh" "mesh-$$"
first=$id
ask "$mesh" "mesh-$$"
[ "$id" = "$first" ] || fail "the same key started a second change"
call 422 olivia POST /changes "${json[@]}" -H "Idempotency-Key: mesh-$$" -d "$(jq '.reason = "another"' <<<"$mesh")"
approve
call 204 carla POST "/changes/$id/approval" "${json[@]}" -H "Idempotency-Key: $id" -d "{\"approved\": true, \"planDigest\": \"$digest\"}"
grep -qi '^idempotency-replayed: true' "$work/head" || fail "the approval counts twice"
call 409 carla POST "/changes/$id/approval" "${json[@]}" -d "{\"approved\": true, \"planDigest\": \"$digest\"}"
await VERIFIED
call 200 andrea GET "/changes/$id/evidence"
jq -e . "$work/body" >"$work/evidence.json"
call 200 andrea GET /evidence-key -H 'Accept: application/x-pem-file'
if [ -n "${MESHSPAN_JAR:-}" ]; then "$here/docs/examples/meshspan" evidence verify "$work/evidence.json"; fi

# What is declared, and whether it is so.
call 200 olivia GET /meshes/mesh1
call 200 olivia POST /meshes/mesh1/drift
[ "$(jq -r .state "$work/body")" = none ] || fail "there is drift"

# Day two.
ask '{"process": "upgrade-mesh", "mesh": "mesh1", "istioVersion": "1.30.3", "reason": "newer"}' "upgrade-$$"
approve
await VERIFIED
ask '{"process": "rotate-remote-tokens", "mesh": "mesh1", "reason": "each year"}' "tokens-$$"
approve
await VERIFIED
ask '{"process": "remove-mesh", "mesh": "mesh1", "confirmMeshId": "mesh1", "reason": "not really"}' "remove-$$"
await WAITING_FOR_APPROVAL
call 403 olivia POST "/changes/$id/approval" "${json[@]}" -d '{"approved": false, "comment": "my own"}'
call 204 carla POST "/changes/$id/approval" "${json[@]}" -d '{"approved": false, "comment": "not today"}'
await REJECTED

# Lists in parts.
call 200 olivia GET '/changes?mesh=mesh1&limit=2'
next=$(jq -r .next "$work/body")
call 200 olivia GET "/changes?mesh=mesh1&limit=2&cursor=$next"
[ "$(jq '.items | length' "$work/body")" = 2 ] || fail "no second part"

# Errors.
call 401 stranger GET /changes
call 400 olivia GET '/changes?state=NOPE'
call 400 olivia GET '/changes?limit=0'
call 400 olivia GET '/changes?sort=mesh'
call 404 olivia GET /changes/nosuch
call 404 olivia GET /nosuch
call 405 olivia PUT /changes
call 406 olivia GET /openapi.yaml -H 'Accept: text/html'
call 415 olivia POST /changes -H 'Content-Type: text/yaml' -d 'process: x'
call 400 olivia POST /changes "${json[@]}" -d '{'
call 400 olivia POST /changes "${json[@]}" -d '{"process": "install-mesh", "nosuch": 1}'
call 404 olivia POST /changes "${json[@]}" -d '{"process": "nosuch"}'
call 403 carla POST /changes "${json[@]}" -d "$mesh"
head -c 1100000 /dev/zero | tr '\0' a >"$work/large"
call 413 olivia POST /changes "${json[@]}" --data-binary "@$work/large"
echo "Everything is as openapi.yaml says."

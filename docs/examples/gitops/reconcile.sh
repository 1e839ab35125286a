#!/bin/sh
# GitOps without a pipeline: run it every few minutes (cron, a CronJob) with a clone of the repository that holds the mesh file.
# Whenever the file on the branch is another one than the last that was carried out, the change is requested, and a person
# approves its plan in Meshspan. The same commit requests nothing twice, however often and on however many machines this runs.
#   reconcile.sh CLONE [BRANCH] [MESH_FILE]
set -eu
clone=$1
branch=${2:-main}
file=${3:-mesh.yaml}
git -C "$clone" fetch -q origin "$branch"
commit=$(git -C "$clone" log -1 --format=%H "origin/$branch" -- "$file")
done_file="$clone/.git/meshspan-carried-out"
if [ "$(cat "$done_file" 2>/dev/null || true)" = "$commit" ]; then
  echo "$commit is carried out."
  exit 0
fi
wanted=$(mktemp)
trap 'rm -f "$wanted"' EXIT
git -C "$clone" show "$commit:$file" > "$wanted"
"$(dirname "$0")/../pipeline.sh" apply "$wanted" "commit $commit" "$commit"
echo "$commit" > "$done_file"

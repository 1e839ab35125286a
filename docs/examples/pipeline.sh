#!/bin/sh
# What the pipelines beside this file run: a plan for a merge request, the change itself after the merge.
#   pipeline.sh plan  MESH_FILE            prints the plan; ends with 0 if there is nothing to change or if there is
#   pipeline.sh apply MESH_FILE REASON KEY requests the change and waits for its end
# KEY makes the request the same one if the pipeline runs again: the commit is a good one.
# Needs MESHSPAN_SERVER, MESHSPAN_USER and MESHSPAN_PASSWORD_FILE, and the command meshspan on the PATH.
set -eu
case "${1:-}" in
  plan)
    code=0
    meshspan plan -f "$2" --detailed-exitcode || code=$?
    case $code in
      0) echo "Nothing to change." ;;
      10) echo "The plan above awaits the merge." ;;
      *) exit "$code" ;;
    esac
    ;;
  apply)
    # 0 verified; 7 rejected, expired, stopped or not verified; 8 still running; 9 a person has to decide
    meshspan apply -f "$2" -r "$3" --idempotency-key "$4" --wait --timeout "${MESHSPAN_TIMEOUT:-4h}"
    ;;
  *)
    echo "usage: pipeline.sh plan MESH_FILE | pipeline.sh apply MESH_FILE REASON KEY" >&2
    exit 2
    ;;
esac

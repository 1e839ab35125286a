package io.meshspan.kubernetes;

import io.meshspan.difference.FieldChange;
import io.meshspan.mesh.ClusterName;
import java.util.List;

/**
 * What an apply would do to an object.
 *
 * @param outcome CREATED, PATCHED or UNCHANGED
 * @param changes the fields that would change; with fingerprints as values if the object is a Secret
 * @param dryRun false if the API server could not be asked because the namespace or the kind does not exist yet
 */
public record DryRunResult(
        ClusterName cluster, ObjectRef object, ApplyOutcome outcome, List<FieldChange> changes, boolean dryRun) {

    public DryRunResult {
        changes = List.copyOf(changes);
    }
}

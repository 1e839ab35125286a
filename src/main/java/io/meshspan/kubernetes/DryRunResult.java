package io.meshspan.kubernetes;

import io.meshspan.mesh.ClusterName;
import java.util.List;

/**
 * What an apply would do to one object.
 *
 * @param outcome CREATED, PATCHED or UNCHANGED
 * @param changes the fields that would change, with fingerprints for values where the object is a Secret
 * @param dryRun false where the API server could not be asked because the namespace or the kind does not exist yet
 */
public record DryRunResult(
        ClusterName cluster, ObjectRef object, ApplyOutcome outcome, List<FieldChange> changes, boolean dryRun) {

    public DryRunResult {
        changes = List.copyOf(changes);
    }
}

package io.meshspan.kubernetes;

import io.meshspan.difference.FieldChange;
import io.meshspan.mesh.ClusterName;
import java.util.List;

/**
 * What an apply would do to an object.
 *
 * @param outcome CREATED, PATCHED or UNCHANGED
 * @param changes the fields that would change; with fingerprints as values if the object is a Secret
 * @param left the fields that differ from the desired object and stay as they are
 * @param dryRun false if the API server could not be asked because the namespace or the kind does not exist yet
 */
public record DryRunResult(
        ClusterName cluster,
        ObjectRef object,
        ApplyOutcome outcome,
        List<FieldChange> changes,
        List<FieldChange> left,
        boolean dryRun) {

    public DryRunResult {
        changes = List.copyOf(changes);
        left = List.copyOf(left);
    }

    /** Nothing that differs stays. */
    public DryRunResult(
            ClusterName cluster, ObjectRef object, ApplyOutcome outcome, List<FieldChange> changes, boolean dryRun) {
        this(cluster, object, outcome, changes, List.of(), dryRun);
    }
}

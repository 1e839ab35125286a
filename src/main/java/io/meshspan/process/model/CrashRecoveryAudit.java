package io.meshspan.process.model;

import io.meshspan.audit.Changes;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.plan.ApprovedOutcomes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * An attempt that dies with its process takes its records with it, but not what it wrote to the clusters: the next one
 * finds it done. That shows where an object is as wished, the approved plan had something to do for it, and no step of
 * the change has a record of doing it.
 */
@Component
final class CrashRecoveryAudit {

    private final ApprovedOutcomes approved;
    private final Changes changes;

    CrashRecoveryAudit(ApprovedOutcomes approved, Changes changes) {
        this.approved = approved;
        this.changes = changes;
    }

    /**
     * Those of these objects that such an attempt must have written, and what it did.
     *
     * @param possible what the step does: one that removes has created nothing, whatever the plan says of the object
     */
    Map<AppliedObject, ApplyOutcome> among(String change, List<AppliedObject> objects, Set<ApplyOutcome> possible) {
        List<AppliedObject> unchanged = objects.stream()
                .filter(object -> object.outcome() == ApplyOutcome.UNCHANGED)
                .toList();
        return approved.of(change, unchanged).entrySet().stream()
                .filter(each -> possible.contains(each.getValue()))
                .filter(each -> !onRecord(change, each.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean onRecord(String change, AppliedObject object) {
        return changes.wrote(change, object.cluster().value(), object.object().toString());
    }
}

package io.meshspan.plan;

import io.meshspan.audit.Changes;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * An attempt that dies with its process takes its records with it, but not what it wrote to the clusters: the next one
 * finds it done. That shows where an object is as wished, the approved plan had something to do for it, and no step of
 * the change has a record of doing it.
 */
@Component
public final class CrashRecoveryAudit {

    private final ApprovedRecords approvals;
    private final Changes changes;

    CrashRecoveryAudit(ApprovedRecords approvals, Changes changes) {
        this.approvals = approvals;
        this.changes = changes;
    }

    /**
     * Those of these objects that such an attempt must have written, and what it did.
     *
     * @param possible what the step does: one that removes has created nothing, whatever the plan says of the object
     */
    public Map<AppliedObject, ApplyOutcome> among(
            String change, List<AppliedObject> objects, Set<ApplyOutcome> possible) {
        List<AppliedObject> unchanged = objects.stream()
                .filter(object -> object.outcome() == ApplyOutcome.UNCHANGED)
                .toList();
        return planned(change, unchanged).entrySet().stream()
                .filter(each -> possible.contains(each.getValue()))
                .filter(each -> !onRecord(change, each.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What the approved plan says would become of them, without those of which it says nothing. */
    private Map<AppliedObject, ApplyOutcome> planned(String change, List<AppliedObject> objects) {
        return objects.stream().collect(Collectors.groupingBy(AppliedObject::cluster)).entrySet().stream()
                .flatMap(each -> approvals.plan(change, each.getKey()).stream()
                        .flatMap(plan -> planned(plan, each.getValue()).entrySet().stream()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<AppliedObject, ApplyOutcome> planned(ClusterPlan plan, List<AppliedObject> objects) {
        return objects.stream()
                .distinct()
                .filter(applied -> plan.find(applied.object()).isPresent())
                .collect(Collectors.toMap(
                        Function.identity(),
                        applied -> plan.find(applied.object()).orElseThrow().outcome()));
    }

    private boolean onRecord(String change, AppliedObject object) {
        return changes.wrote(change, object.cluster().value(), object.object().toString());
    }
}

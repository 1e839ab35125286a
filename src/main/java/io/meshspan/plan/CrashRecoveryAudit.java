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
 * Finds the writes of an attempt that crashed. Its records are lost, but not its writes to the clusters: the next attempt
 * finds them done. They show as an object in the desired state, for which the approved plan has a change and no step of the
 * change has a record.
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
     * The objects that a crashed attempt must have written, and how.
     *
     * @param possible outcomes of the step: a step that removes has not created anything, whatever the plan says
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

    /** The planned outcomes of these objects, without the objects that the approved plan does not have. */
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

package io.meshspan.plan;

import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the approved plan says would become of objects. */
@Component
public final class ApprovedOutcomes {

    private final ApprovedRecords approvals;

    ApprovedOutcomes(ApprovedRecords approvals) {
        this.approvals = approvals;
    }

    /** Without those of which the plan says nothing. */
    public Map<AppliedObject, ApplyOutcome> of(String change, List<AppliedObject> objects) {
        return objects.stream().collect(Collectors.groupingBy(AppliedObject::cluster)).entrySet().stream()
                .flatMap(each -> approvals.plan(change, each.getKey()).stream()
                        .flatMap(plan -> of(plan, each.getValue()).entrySet().stream()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<AppliedObject, ApplyOutcome> of(ClusterPlan plan, List<AppliedObject> objects) {
        return objects.stream()
                .distinct()
                .filter(applied -> plan.find(applied.object()).isPresent())
                .collect(Collectors.toMap(
                        Function.identity(),
                        applied -> plan.find(applied.object()).orElseThrow().outcome()));
    }
}

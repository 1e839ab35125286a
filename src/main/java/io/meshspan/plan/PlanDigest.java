package io.meshspan.plan;

import io.meshspan.kubernetes.ContentHash;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One fingerprint for a wish and everything that it would change: equal plans have equal digests. Of the observed state
 * that counts which the change would touch: whether an object is there, and each field that would become another, with its
 * value before and after. What controllers write beside that is none of the change's business.
 */
final class PlanDigest {

    private PlanDigest() {}

    static String of(Plan plan) {
        return ContentHash.ofObject(Map.of("mesh", plan.mesh(), "clusters", clusters(plan)));
    }

    private static Map<String, Object> clusters(Plan plan) {
        return plan.clusters().stream()
                .collect(Collectors.toMap(c -> c.member().cluster().value(), PlanDigest::cluster));
    }

    private static Map<String, Object> cluster(ClusterPlan plan) {
        return Map.of(
                "member",
                plan.member(),
                "uid",
                plan.uid(),
                "objects",
                plan.objects().stream().map(PlanDigest::object).toList());
    }

    private static Map<String, Object> object(PlannedObject object) {
        return Map.of(
                "object", object.object(),
                "desired", object.desired(),
                "outcome", object.outcome(),
                "changes", object.changes());
    }
}

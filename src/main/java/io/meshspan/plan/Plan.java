package io.meshspan.plan;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ContentHash;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change would do, cluster by cluster; after a plan has moved, in the clusters where it has. */
public record Plan(Mesh mesh, List<ClusterPlan> clusters) {

    public Plan {
        clusters = List.copyOf(clusters);
    }

    /**
     * SHA-256 in hex over what is desired and everything that it would change: equal plans have equal digests. Of the
     * observed state that counts which the change would touch: whether an object is there, and each field that would become
     * another, with its value before and after. What controllers write beside that does not count.
     */
    public String digest() {
        return ContentHash.ofObject(Map.of("mesh", mesh, "clusters", clusters(this)));
    }

    public long count(ApplyOutcome applyOutcome) {
        return clusters.stream().mapToLong(c -> c.count(applyOutcome)).sum();
    }

    Stream<PlannedObject> sample() {
        return clusters.stream().flatMap(ClusterPlan::sample);
    }

    /** Whether it is about anything but the sample. */
    boolean lasts() {
        return sample().findAny().isEmpty()
                || clusters.stream().anyMatch(c -> c.lasting().findAny().isPresent());
    }

    private String clustersInWords() {
        return clusters.size() == 1 ? "1 cluster" : clusters.size() + " clusters";
    }

    /** One line with the counts. */
    public String summary() {
        long later = clusters.stream()
                .flatMap(c -> c.objects().stream())
                .filter(PlannedObject::later)
                .count();
        if (!lasts()) {
            return "%s: nothing but the sample HelloWorld, %d objects, for the verification"
                    .formatted(clustersInWords(), sample().count());
        }
        return "%s: %d objects to create, %d to change, %d to delete, %d unchanged%s"
                .formatted(
                        clustersInWords(),
                        count(ApplyOutcome.CREATED),
                        count(ApplyOutcome.PATCHED),
                        count(ApplyOutcome.DELETED),
                        count(ApplyOutcome.UNCHANGED),
                        later == 0 ? "" : "; %d of them known in full only later".formatted(later));
    }

    /** How many objects it creates, changes, deletes and leaves; without the sample. */
    public Map<String, Long> counts() {
        return Map.of(
                "create", count(ApplyOutcome.CREATED),
                "change", count(ApplyOutcome.PATCHED),
                "delete", count(ApplyOutcome.DELETED),
                "unchanged", count(ApplyOutcome.UNCHANGED));
    }

    private static Map<String, Object> clusters(Plan plan) {
        return plan.clusters().stream()
                .collect(Collectors.toMap(c -> c.member().cluster().value(), Plan::cluster));
    }

    private static Map<String, Object> cluster(ClusterPlan plan) {
        return Map.of(
                "member",
                plan.member(),
                "uid",
                plan.uid(),
                "objects",
                plan.objects().stream().map(Plan::object).toList());
    }

    private static Map<String, Object> object(PlannedObject object) {
        return Map.of(
                "object", object.object(),
                "desired", object.desired(),
                "outcome", object.outcome(),
                "changes", object.changes());
    }
}

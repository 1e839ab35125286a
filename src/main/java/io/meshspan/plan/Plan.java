package io.meshspan.plan;

import io.meshspan.difference.ContentHash;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change would do, cluster by cluster. After drift, only the clusters that drifted. */
public record Plan(Mesh mesh, List<ClusterPlan> clusters) {

    public Plan {
        clusters = List.copyOf(clusters);
    }

    /**
     * SHA-256 in hex over the desired objects and all their changes: equal plans have equal digests. Of the current state,
     * the digest includes only what the change would touch: whether an object exists, and each changed field with its value
     * before and after. It ignores what controllers write elsewhere.
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

    /** Whether it has anything except the sample. */
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
        Map<String, Object> said = new TreeMap<>(Map.of(
                "object", object.object(),
                "desired", object.desired(),
                "outcome", object.outcome(),
                "changes", object.changes()));
        if (!object.left().isEmpty()) {
            said.put("left", object.left());
        }
        return said;
    }
}

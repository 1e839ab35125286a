package io.meshspan.plan;

import io.meshspan.kubernetes.Outcome;
import java.util.List;

/**
 * What a change would do, cluster by cluster.
 *
 * @param digest SHA-256 over the wish, the rendered objects and what they would change, in hex
 */
public record Plan(List<ClusterPlan> clusters, String digest) {

    public long count(Outcome outcome) {
        return clusters.stream().mapToLong(c -> c.count(outcome)).sum();
    }

    /** One line with the counts. */
    public String summary() {
        return "%d clusters: %d objects to create, %d to change, %d unchanged, %d written later"
                .formatted(
                        clusters.size(),
                        count(Outcome.CREATED),
                        count(Outcome.PATCHED),
                        count(Outcome.UNCHANGED),
                        clusters.stream().mapToLong(c -> c.later().size()).sum());
    }
}

package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Optional;

/** What the checks could not look at: said, so that nobody takes their silence for a yes. */
final class UnreadableResources {

    private UnreadableResources() {}

    static Optional<Finding> from(ClusterSnapshot cluster) {
        return cluster.hidden().isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        cluster.where(),
                        "what the preflight may read",
                        "the rights to " + String.join(", ", List.copyOf(cluster.hidden())),
                        "no such rights",
                        "Grant them to the user of this cluster's context, or decide without the checks that need"
                                + " them (docs/preflight.md)."));
    }
}

package io.meshspan.upgrade;

import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.workload.RestartStrategy;
import java.util.Map;
import java.util.Optional;

/**
 * A workload whose pods have a proxy.
 *
 * @param revisions the number of its pods with a proxy, by revision
 * @param restartedAt the annotation of {@code kubectl rollout restart} in its pod template
 * @param pinned the revision in its pod template, which wins over the namespace
 */
record InjectedWorkload(
        ObjectRef object,
        Map<String, Long> revisions,
        Optional<String> restartedAt,
        Optional<String> pinned,
        RestartStrategy strategy) {

    InjectedWorkload {
        revisions = Map.copyOf(revisions);
    }

    /** Whether some of its pods have a proxy of another revision. */
    boolean isElsewhere(String revision) {
        return revisions.keySet().stream().anyMatch(other -> !other.equals(revision));
    }
}

package io.meshspan.upgrade;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A namespace in which a revision of this upgrade injects.
 *
 * @param labels of the namespace
 * @param revision the revision that injects into new pods now; empty if none of the two does
 * @param tag by which tag it finds its revision; empty if it names the revision itself
 * @param workloads those with pods that have a proxy
 * @param loose how many other pods have a proxy of the older revision: nobody restarts them
 */
record InjectedNamespace(
        String name,
        Map<String, String> labels,
        Optional<String> revision,
        Optional<String> tag,
        List<InjectedWorkload> workloads,
        long loose) {

    InjectedNamespace {
        labels = Map.copyOf(labels);
        workloads = List.copyOf(workloads);
    }

    /** Whether it, or one of its workloads, is not yet at this revision. */
    boolean isLeft(String target) {
        return revision.filter(now -> !now.equals(target)).isPresent()
                || workloads.stream().anyMatch(workload -> workload.isElsewhere(target));
    }
}

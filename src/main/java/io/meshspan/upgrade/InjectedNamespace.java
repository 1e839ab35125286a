package io.meshspan.upgrade;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A namespace that one of the two revisions injects.
 *
 * @param labels of the namespace
 * @param revision the revision that injects new pods now; empty if neither does
 * @param tag the tag in its label; empty if it names the revision
 * @param workloads those with pods that have a proxy
 * @param otherPods the number of pods of no workload with a proxy of the older revision: Meshspan does not restart them
 */
record InjectedNamespace(
        String name,
        Map<String, String> labels,
        Optional<String> revision,
        Optional<String> tag,
        List<InjectedWorkload> workloads,
        long otherPods) {

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

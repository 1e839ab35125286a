package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Asks several clusters. Clusters that refuse are reported and left out, so that they do not hide the others. */
final class ReachableClusters {

    private ReachableClusters() {}

    /** @param told receives the findings of the clusters that refuse */
    static <R> R among(
            Collection<ClusterName> clusters, List<Finding> told, Function<Collection<ClusterName>, R> question) {
        try {
            return question.apply(clusters);
        } catch (StepFailed e) {
            told.addAll(e.findings());
            List<String> refusing = e.findings().stream().map(Finding::where).toList();
            List<ClusterName> others = clusters.stream()
                    .filter(cluster -> !refusing.contains(cluster.value()))
                    .toList();
            return others.size() < clusters.size() ? among(others, told, question) : question.apply(List.of());
        }
    }
}

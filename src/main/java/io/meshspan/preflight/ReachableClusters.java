package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Puts a question to several clusters. Those that refuse are told and left out, so that they hide none of the others. */
final class ReachableClusters {

    private ReachableClusters() {}

    /** @param told gets what the refusing clusters say */
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

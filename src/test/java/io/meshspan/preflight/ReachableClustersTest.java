package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.TwoPrimaries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachableClustersTest {

    private final List<Finding> told = new ArrayList<>();

    @Test
    void shouldAskTheOthersWhenOneRefuses() {
        // when
        Collection<ClusterName> answered = ReachableClusters.among(
                TwoPrimaries.MESH.clusters(), told, clusters -> refusedBy("cluster1", clusters));

        // then
        assertThat(answered).containsExactly(TwoPrimaries.TWO);
        assertThat(told).extracting(Finding::where).containsExactly("cluster1");
    }

    @Test
    void shouldAskNobodyWhenItIsNotKnownWhoRefused() {
        // when
        Collection<ClusterName> answered = ReachableClusters.among(
                TwoPrimaries.MESH.clusters(),
                told,
                clusters -> clusters.isEmpty() ? clusters : refusedBy("elsewhere", List.of()));

        // then
        assertThat(answered).isEmpty();
        assertThat(told).extracting(Finding::where).containsExactly("elsewhere");
    }

    private static Collection<ClusterName> refusedBy(String where, Collection<ClusterName> asked) {
        if (asked.isEmpty() || asked.contains(new ClusterName(where))) {
            throw new StepFailed(FailureCode.DENIED, Finding.blocking(where, "a thing", "a yes", "a no", "Ask again."));
        }
        return asked;
    }
}

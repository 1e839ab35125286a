package io.meshspan.web.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.verification.CallLatency;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.ClusterPair;
import io.meshspan.verification.VerificationRun.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerificationChartTest {

    private static final Instant AT = Instant.parse("2026-01-01T03:30:00Z");

    @Test
    void shouldShowResultsAndTheMedianOfEachPairFromLeftToRight() {
        List<VerificationRun> runs = List.of(
                run(4, Result.PASSED, pair("cluster1", "cluster2", 20_000), pair("cluster1", "cluster1", 500)),
                run(3, Result.SKIPPED),
                run(2, Result.FAILED, silent("cluster1", "cluster2")),
                run(1, Result.PASSED, pair("cluster1", "cluster2", 10_000)));

        String svg = VerificationChart.of(runs);

        assertThat(svg)
                .contains("4 verifications since 2026-01-02 03:30 UTC: 2 passed, 1 failed, 1 skipped")
                .contains("cluster1 to cluster2", "20.0 ms, slowest 40.0 ms", "each row from 0 to 20.0 ms")
                .contains("2026-01-03T03:30:00Z, cluster1 to cluster2: no answer")
                .doesNotContain("cluster1 to cluster1");
        assertThat(svg.indexOf("2026-01-02T03:30:00Z: passed")).isLessThan(svg.indexOf("2026-01-03T03:30:00Z: failed"));
        assertThat(svg)
                .as("a run without a time leaves a gap")
                .containsPattern("run-times\" d=\"M\\d+ \\d+M\\d+ \\d+\"");
    }

    @Test
    void shouldShowFewPairsOfManyTheFailedOnesFirst() {
        List<ClusterPair> pairs = new ArrayList<>();
        IntStream.range(2, 30).forEach(other -> pairs.add(pair("cluster1", "cluster" + other, 1000L * other)));
        pairs.add(silent("cluster1", "cluster31"));

        String svg = VerificationChart.of(List.of(run(1, Result.FAILED, pairs.toArray(ClusterPair[]::new))));

        assertThat(svg)
                .contains("cluster1 to cluster31", "no answer", "cluster1 to cluster29", "17 more pairs")
                .doesNotContain("cluster1 to cluster2<");
    }

    @Test
    void shouldSayThatThereIsNoneYet() {
        assertThat(VerificationChart.of(List.of())).contains("No verification yet");
    }

    private static VerificationRun run(int id, Result result, ClusterPair... pairs) {
        return new VerificationRun(
                id,
                "mesh1",
                AT.plus(Duration.ofDays(id)),
                result,
                "verify-on-schedule",
                "c",
                null,
                9,
                0,
                List.of(pairs));
    }

    private static ClusterPair pair(String source, String target, long median) {
        return new ClusterPair(source, target, true, null, 9, 5, 0, new CallLatency(median, 2 * median));
    }

    private static ClusterPair silent(String source, String target) {
        return new ClusterPair(source, target, false, "no answer in 9 calls", 9, 0, 4, null);
    }
}

package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelCallsTest {

    private static final ClusterName ONE = new ClusterName("cluster1");
    private static final ClusterName TWO = new ClusterName("cluster2");
    private static final ClusterName THREE = new ClusterName("cluster3");
    private static final List<ClusterName> ALL = List.of(THREE, TWO, ONE);

    private final ExecutorService threads = Executors.newFixedThreadPool(ALL.size());
    private final ParallelCalls parallelCalls = new ParallelCalls(threads);

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void shouldWorkInAllClustersAtOnceAndOrderTheResults() {
        CyclicBarrier together = new CyclicBarrier(ALL.size());

        assertThat(parallelCalls.run(ALL, name -> "%s %s".formatted(name, arrived(together))))
                .containsExactly(
                        Map.entry(ONE, "cluster1 true"),
                        Map.entry(TWO, "cluster2 true"),
                        Map.entry(THREE, "cluster3 true"));
    }

    @Test
    void shouldTellEveryFindingOfEveryCluster() {
        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> run(Map.of(ONE, denied("cluster1"), THREE, denied("cluster3"))))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.DENIED);
                    assertThat(e.findings())
                            .extracting(Finding::where)
                            .containsExactlyInAnyOrder("cluster1", "cluster3");
                });
    }

    @Test
    void shouldRepeatWhenAnythingMayPass() {
        assertThatExceptionOfType(TransientException.class)
                .isThrownBy(() -> run(Map.of(
                        ONE, denied("cluster1"),
                        TWO, new TransientException("cluster2: HTTP 503"),
                        THREE, new TransientException("cluster3: HTTP 429"))))
                .withMessageContaining("cluster2: HTTP 503")
                .withMessageContaining("cluster3: HTTP 429");
    }

    @Test
    void shouldNotHideAnUnexpectedExceptionBehindAFinding() {
        assertThatIllegalStateException()
                .isThrownBy(() -> run(Map.of(ONE, denied("cluster1"), TWO, new IllegalStateException("a bug"))))
                .withMessage("a bug");
    }

    @Test
    void shouldFinishInTheOtherClustersBeforeItTellsAFailure() {
        Set<ClusterName> finished = ConcurrentHashMap.newKeySet();

        assertThatExceptionOfType(TransientException.class)
                .isThrownBy(() -> parallelCalls.run(List.of(ONE, TWO, THREE), name -> {
                    if (name.equals(ONE)) {
                        throw new TransientException("cluster1: HTTP 503");
                    }
                    return finished.add(name);
                }));

        assertThat(finished).containsExactlyInAnyOrder(TWO, THREE);
    }

    private void run(Map<ClusterName, RuntimeException> failures) {
        Function<ClusterName, ClusterName> step = name -> {
            RuntimeException failure = failures.get(name);
            if (failure != null) {
                throw failure;
            }
            return name;
        };
        parallelCalls.run(ALL, step);
    }

    private static StepFailed denied(String cluster) {
        return new StepFailed(
                FailureCode.DENIED, Finding.blocking(cluster, "Namespace x", "permission", "403", "Grant it."));
    }

    private static boolean arrived(CyclicBarrier barrier) {
        try {
            return barrier.await(10, TimeUnit.SECONDS) >= 0;
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}

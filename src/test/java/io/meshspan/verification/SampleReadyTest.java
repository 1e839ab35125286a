package io.meshspan.verification;

import static io.meshspan.verification.StubClusters.DEFAULTS;
import static io.meshspan.verification.StubClusters.MULTI_PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampleReadyTest {

    private final StubClusters clusters = new StubClusters();
    private final SampleReady question = new SampleReady(clusters, DEFAULTS);
    private final List<CompletableFuture<Object>> watches = new ArrayList<>();
    private final List<Predicate<Deployment>> conditions = new ArrayList<>();

    @BeforeEach
    void watch() {
        watched(clusters.one, "helloworld-v1");
        watched(clusters.two, "helloworld-v2");
    }

    @Test
    void shouldCompleteWhenEverythingIsThereInEveryCluster() {
        CompletableFuture<?> ready = question.when(MULTI_PRIMARY);
        assertThat(watches).hasSize(6);

        watches.subList(0, 5).forEach(watch -> watch.complete("there"));
        assertThat(ready).isNotDone();
        watches.get(5).complete("there");

        assertThat(ready).isCompleted();
    }

    @Test
    void shouldCancelEveryWatchWhenCancelled() {
        CompletableFuture<?> ready = question.when(MULTI_PRIMARY);

        ready.cancel(true);

        assertThat(watches).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void shouldFailAtOnceAndLeaveNoWatchWhenOneFails() {
        CompletableFuture<?> ready = question.when(MULTI_PRIMARY);

        watches.get(3).completeExceptionally(new TransientException("connection lost"));

        assertThat(ready).isCompletedExceptionally();
        assertThat(watches).allMatch(CompletableFuture::isDone);
    }

    @Test
    void shouldLeaveNoWatchWhenAClusterCannotBeAsked() {
        when(clusters.two.when(eq(Deployment.class), eq("sample"), eq("curl"), any()))
                .thenThrow(new TransientException("no connection"));

        assertThatExceptionOfType(TransientException.class).isThrownBy(() -> question.when(MULTI_PRIMARY));

        assertThat(watches).isNotEmpty().allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void shouldTakeADeploymentAsReadyOnlyByAStatusOfItsPresentGeneration() {
        var unused = question.when(MULTI_PRIMARY);

        assertThat(conditions).isNotEmpty().allSatisfy(ready -> {
            assertThat(ready).accepts(deployment(2, 2, "True"), deployment(2, 3, "True"));
            assertThat(ready).rejects(deployment(2, 1, "True"), deployment(2, 2, "False"), new Deployment());
        });
    }

    private void watched(Cluster cluster, String helloworld) {
        when(cluster.when(eq(ConfigMap.class), eq("sample"), eq("istio-ca-root-cert"), any()))
                .thenAnswer(call -> watch(null));
        when(cluster.when(eq(Deployment.class), eq("sample"), eq(helloworld), any()))
                .thenAnswer(call -> watch(call.getArgument(3)));
        when(cluster.when(eq(Deployment.class), eq("sample"), eq("curl"), any()))
                .thenAnswer(call -> watch(call.getArgument(3)));
    }

    private CompletableFuture<Object> watch(@Nullable Predicate<Deployment> condition) {
        if (condition != null) {
            conditions.add(condition);
        }
        CompletableFuture<Object> watch = new CompletableFuture<>();
        watches.add(watch);
        return watch;
    }

    private static Deployment deployment(long generation, long observed, String available) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withGeneration(generation)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(observed)
                .addNewCondition()
                .withType("Available")
                .withStatus(available)
                .endCondition()
                .endStatus()
                .build();
    }
}

package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.difference.PlanProperties;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.connection.ConnectionProperties;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fabric8ClustersTest {

    private static final ClusterName CLUSTER1 = new ClusterName("cluster1");
    private static final ConnectionProperties LIMITS = new ConnectionProperties(
            Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(75), Duration.ofSeconds(30));

    private final Sandbox sandbox = Sandbox.start(SandboxCluster.named("cluster1", "network1"));
    private final Path kubeconfig;
    private final Fabric8Clusters clusters;

    Fabric8ClustersTest(@TempDir Path folder) {
        kubeconfig = folder.resolve("config");
        KnownCluster known =
                new KnownCluster(CLUSTER1, new NetworkName("network1"), "cluster1", kubeconfig, Optional.empty());
        clusters = new Fabric8Clusters(() -> List.of(known), LIMITS, PlanProperties.DEFAULT, TestMeter.METER);
    }

    @AfterEach
    void close() {
        clusters.close();
        sandbox.close();
    }

    @Test
    void shouldTakeWhatWasCorrectedInTheKubeconfig() throws IOException {
        String valid = Files.readString(sandbox.kubeconfig());
        Files.writeString(kubeconfig, valid.replace(sandbox.apiServer("cluster1"), "http://127.0.0.1:1"));
        assertThatThrownBy(() -> clusters.get(CLUSTER1).serverVersion()).isInstanceOf(TransientException.class);

        Files.writeString(kubeconfig, valid);

        assertThat(clusters.get(CLUSTER1).serverVersion()).isNotNull();
    }

    @Test
    void shouldKeepTheConnectionWhileTheKubeconfigIsBeingWritten() throws IOException {
        String valid = Files.readString(sandbox.kubeconfig());
        Files.writeString(kubeconfig, valid);
        Cluster before = clusters.get(CLUSTER1);

        Files.writeString(kubeconfig, valid.substring(0, valid.length() / 2));

        assertThat(clusters.get(CLUSTER1)).isSameAs(before);
        Files.writeString(kubeconfig, valid);
        assertThat(clusters.get(CLUSTER1)).isNotSameAs(before);
    }

    /** Fifty clusters that are called for minutes, while Leases must be renewed. */
    @Test
    void shouldNotHoldUpShortCallsByLongOnes() throws Exception {
        Files.copy(sandbox.kubeconfig(), kubeconfig);
        CountDownLatch begun = new CountDownLatch(50);
        CountDownLatch end = new CountDownLatch(1);
        List<CompletableFuture<?>> all = new ArrayList<>();
        ExecutorService callers = Executors.newCachedThreadPool();
        for (int number = 0; number < 50; number++) {
            all.add(CompletableFuture.runAsync(
                    () -> clusters.inEachForLong(List.of(CLUSTER1), cluster -> {
                        begun.countDown();
                        try {
                            return end.await(1, TimeUnit.MINUTES);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }),
                    callers));
        }
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

        CompletableFuture<?> renewal =
                CompletableFuture.supplyAsync(() -> clusters.inEach(List.of(CLUSTER1), cluster -> "renewed"), callers);

        assertThat(renewal).succeedsWithin(Duration.ofSeconds(20));
        end.countDown();
        all.forEach(CompletableFuture::join);
        callers.shutdown();
    }

    @Test
    void shouldKeepTheConnectionAsLongAsNothingChanges() throws IOException {
        Files.copy(sandbox.kubeconfig(), kubeconfig);

        assertThat(clusters.get(CLUSTER1)).isSameAs(clusters.get(CLUSTER1));
    }
}

package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshspan.difference.PlanProperties;
import io.meshspan.faults.FaultyPath;
import io.meshspan.faults.InjectedFault;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through the client as it is configured, with everything that it repeats by itself. */
class UnansweredWritesTest {

    private static final ClusterName CLUSTER1 = new ClusterName("cluster1");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ConfigMap OBJECT = new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("some")
            .endMetadata()
            .build();

    private final Sandbox sandbox = Sandbox.start(SandboxCluster.named("cluster1", "network1"));
    private final FaultyPath path = FaultyPath.to(sandbox.apiServer("cluster1"), SECOND);
    private final Fabric8Clusters clusters;
    private final Cluster cluster;

    UnansweredWritesTest(@TempDir Path folder) throws IOException {
        Path kubeconfig = folder.resolve("config");
        Files.writeString(
                kubeconfig,
                Files.readString(sandbox.kubeconfig())
                        .replace(sandbox.apiServer("cluster1") + "\"", path.url() + "\""));
        KnownCluster known =
                new KnownCluster(CLUSTER1, new NetworkName("network1"), "cluster1", kubeconfig, Optional.empty());
        clusters = new Fabric8Clusters(
                () -> List.of(known),
                new ConnectionProperties(SECOND, SECOND, Duration.ofSeconds(75), Duration.ofSeconds(30)),
                PlanProperties.DEFAULT,
                TestMeter.METER);
        cluster = clusters.get(CLUSTER1);
        cluster.serves("v1", "ConfigMap");
    }

    @Test
    void shouldKnowOfNoneWhereEachHadItsAnswer() {
        cluster.apply(OBJECT);
        cluster.delete(OBJECT);
        sandbox.cluster("cluster1").deny("patch", "configmaps");
        assertThatThrownBy(() -> cluster.apply(OBJECT)).hasMessageContaining("403");

        assertThat(cluster.unansweredWrite()).isEmpty();
    }

    @Test
    void shouldKnowOfOneThatWasLostThoughItsRepetitionHadAnAnswer() {
        path.hold(call -> call.startsWith("PATCH"), 1, SECOND.multipliedBy(3));

        cluster.apply(OBJECT);

        assertThat(cluster.unansweredWrite())
                .hasValueSatisfying(age -> assertThat(age).isLessThan(SECOND.multipliedBy(20)));
    }

    @Test
    void shouldKnowOfOneThatWasCutOrEndedWithAnErrorOfTheServer() {
        sandbox.cluster("cluster1").failNext(call -> call.verb().equals("patch"), 1, 500);

        cluster.apply(OBJECT);

        assertThat(cluster.unansweredWrite()).isPresent();
    }

    @Test
    void shouldNotTakeReadsForWrites() {
        path.weather().turn(1, 1, InjectedFault.NO_ANSWER);
        assertThatThrownBy(() -> cluster.find(ConfigMap.class, "default", "some"))
                .isInstanceOf(TransientException.class);

        assertThat(cluster.unansweredWrite()).isEmpty();
    }

    @AfterEach
    void close() throws IOException {
        clusters.close();
        path.close();
        sandbox.close();
    }
}

package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.difference.PlanProperties;
import io.meshspan.difference.PlanProperties.StandIn;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.connection.ConnectionProperties;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dry run in a cluster where the change has yet to make istio-system. */
class StandInNamespaceTest {

    private static final ClusterName CLUSTER1 = new ClusterName("cluster1");
    private static final String PREFIX = "meshspan-stand-in-";

    private final Sandbox sandbox = Sandbox.start(SandboxCluster.named("cluster1", "network1"));
    private @Nullable Fabric8Clusters clusters;

    @AfterEach
    void close() {
        if (clusters != null) {
            clusters.close();
        }
        sandbox.close();
    }

    /** With the labels that the real one will have, since policies go by these, and as little else as possible. */
    @Test
    void shouldAskInANamespaceMadeForItAndDeleteIt() {
        // given
        Cluster cluster = cluster(new StandIn(null, true));

        // when
        cluster.preview(istioSystem());
        DryRunResult secret = cluster.preview(secret());
        Admission pod = cluster.admission(pod());

        // then
        assertThat(secret.outcome()).isEqualTo(ApplyOutcome.CREATED);
        assertThat(secret.dryRun()).isTrue();
        assertThat(pod).isEqualTo(Admission.admitted());
        assertThat(namespaces()).filteredOn(name -> name.startsWith(PREFIX)).hasSize(1);
        Namespace made = sandbox.client("cluster1")
                .namespaces()
                .withLabel("meshspan.io/stand-in")
                .list()
                .getItems()
                .get(0);
        assertThat(made.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "privileged")
                .doesNotContainKey("app.kubernetes.io/managed-by");

        // when
        cluster.endDryRuns();

        // then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(namespaces()).noneMatch(name -> name.startsWith(PREFIX)));
        assertThat(namespaces()).doesNotContain("istio-system");
        assertThat(sandbox.writes("cluster1"))
                .filteredOn(
                        write -> write.kind().equals("Secret") || write.kind().equals("Pod"))
                .isEmpty();
    }

    /** Gateways may have a namespace of their own, under other policies; some policies want annotations. */
    @Test
    void shouldMakeOneForEachNamespaceWithItsOwnLabelsAndAnnotations() {
        // given
        Cluster cluster = cluster(new StandIn(null, true));
        cluster.preview(istioSystem());
        cluster.preview(new NamespaceBuilder()
                .withNewMetadata()
                .withName("istio-gateways")
                .withLabels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                .withAnnotations(Map.of("example.org/owner", "mesh", "meshspan.io/mesh", "mesh1"))
                .endMetadata()
                .build());

        // when
        cluster.preview(secret());
        Admission pod = cluster.admission(new PodBuilder(pod())
                .editMetadata()
                .withNamespace("istio-gateways")
                .endMetadata()
                .build());

        // then
        assertThat(pod).isEqualTo(Admission.admitted());
        List<Namespace> made = sandbox.client("cluster1")
                .namespaces()
                .withLabel("meshspan.io/stand-in")
                .list()
                .getItems();
        assertThat(made)
                .extracting(each -> each.getMetadata().getLabels().get("pod-security.kubernetes.io/enforce"))
                .containsExactlyInAnyOrder("privileged", "restricted");
        assertThat(made)
                .extracting(each -> each.getMetadata().getAnnotations())
                .contains(Map.of("example.org/owner", "mesh"));

        // when
        cluster.endDryRuns();

        // then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(namespaces()).noneMatch(name -> name.startsWith(PREFIX)));
    }

    @Test
    void shouldAskInTheNamespaceOfTheSettingsAndLeaveIt() {
        sandbox.client("cluster1")
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("dry-runs")
                        .endMetadata()
                        .build())
                .create();
        int before = sandbox.writes("cluster1").size();
        Cluster cluster = cluster(new StandIn("dry-runs", true));

        cluster.preview(istioSystem());
        assertThat(cluster.preview(secret()).dryRun()).isTrue();
        cluster.endDryRuns();

        assertThat(namespaces()).contains("dry-runs").noneMatch(name -> name.startsWith(PREFIX));
        assertThat(sandbox.writes("cluster1")).extracting(Write::kind).hasSize(before);
    }

    /** The plan says so: nobody was asked. */
    @Test
    void shouldSayWhereNobodyCouldBeAsked() {
        Cluster cluster = cluster(new StandIn(null, false));

        cluster.preview(istioSystem());

        assertThat(cluster.preview(secret()).dryRun()).isFalse();
        assertThat(cluster.admission(pod())).isEqualTo(Admission.notAsked("Namespace istio-system is not there yet"));
        assertThat(namespaces()).noneMatch(name -> name.startsWith(PREFIX));
    }

    @Test
    void shouldGoOnWithoutTheRightToMakeOne() {
        sandbox.cluster("cluster1").deny("create", "namespaces");
        Cluster cluster = cluster(new StandIn(null, true));

        cluster.preview(secret());

        assertThat(cluster.preview(secret()).dryRun()).isFalse();
        assertThat(namespaces()).noneMatch(name -> name.startsWith(PREFIX));
    }

    private Cluster cluster(StandIn standIn) {
        KnownCluster known = new KnownCluster(
                CLUSTER1, new NetworkName("network1"), "cluster1", sandbox.kubeconfig(), Optional.empty());
        clusters = new Fabric8Clusters(
                () -> List.of(known),
                new ConnectionProperties(
                        Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(75), Duration.ofSeconds(30)),
                new PlanProperties(List.of(), standIn),
                TestMeter.METER);
        return clusters.get(CLUSTER1);
    }

    private List<String> namespaces() {
        return sandbox.client("cluster1").namespaces().list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .toList();
    }

    private static Namespace istioSystem() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName("istio-system")
                .withLabels(Map.of(
                        "pod-security.kubernetes.io/enforce", "privileged", "app.kubernetes.io/managed-by", "meshspan"))
                .endMetadata()
                .build();
    }

    private static Secret secret() {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("cacerts")
                .endMetadata()
                .build();
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("istiod-dry-run")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("discovery")
                .withImage("pilot:1.30.3")
                .endContainer()
                .endSpec()
                .build();
    }
}

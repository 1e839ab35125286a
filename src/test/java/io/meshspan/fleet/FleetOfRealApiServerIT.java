package io.meshspan.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.RealClusters;
import io.meshspan.login.RealApiServer;
import io.meshspan.login.TestAuthority;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import io.meshspan.schedule.PeriodicTasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real API server is the managing cluster, and also each cluster that it names: the objects are read from it while the
 * service runs, and what they say logs in.
 */
@Tag("slow")
class FleetOfRealApiServerIT {

    private static final ClusterName HUB = new ClusterName("hub");
    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: %s.%s
              annotations: {api-approved.kubernetes.io: "https://example.org"}
            spec:
              group: %2$s
              scope: Namespaced
              names: {plural: %1$s, singular: %3$s, kind: %4$s}
              versions:
              - name: %5$s
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private final TestAuthority authority = new TestAuthority("real-ca");
    private final PeriodicTasks tasks = new PeriodicTasks();
    private final Path folder;
    private RealApiServer server;
    private KubernetesClient client;
    private FleetClusters fleet;
    private Clusters clusters;

    FleetOfRealApiServerIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = RealApiServer.start(
                Files.createDirectory(folder.resolve("server")),
                authority,
                "t-admin,jane,1,system:masters\n",
                List.of());
        Path kubeconfig = Files.writeString(folder.resolve("config"), server.kubeconfig("hub", "t-admin"));
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build();
        KnownCluster hub = new KnownCluster(HUB, new NetworkName("n"), "hub", kubeconfig, Optional.empty());
        clusters = RealClusters.of(
                () -> Stream.concat(Stream.of(hub), fleet.clusters().stream()).toList());
        Path plugin = Files.writeString(folder.resolve("plugin"), """
                #!/bin/sh
                echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "t-admin"}}'
                """);
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
        fleet = new FleetClusters(
                new FleetProperties(
                        HUB,
                        Set.of(FleetProperties.Kind.values()),
                        Duration.ofSeconds(1),
                        Set.of(),
                        Map.of("cloud", new FleetProperties.Provider(plugin.toString(), List.of(), Map.of()))),
                clusters,
                tasks);
        fleet.begin();
    }

    @AfterEach
    void stop() {
        tasks.destroy();
        if (server != null) {
            client.close();
            RealClusters.close(clusters);
            server.close();
        }
    }

    @Test
    void shouldKnowWhatTheManagingClusterNamesWithoutARestart() {
        assertThat(fleet.clusters()).isEmpty();

        // Argo CD's, that was added while the service runs
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: argocd}");
        create(argoCd("t-admin"));
        awaitNames("prod");
        assertThat(clusters.get(new ClusterName("prod")).uid())
                .isEqualTo(clusters.get(HUB).uid());
        assertThat(fleet.clusters().get(0).network()).hasToString("vpc-1");

        // Cluster API's, whose kinds were not served before
        create(CRD.formatted("clusters", "cluster.x-k8s.io", "cluster", "Cluster", "v1beta2"));
        create("apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nmetadata: {name: shop, namespace: argocd}");
        awaitNames("prod");
        create(secret("shop-kubeconfig", "", Map.of("value", server.kubeconfig("shop-admin@shop", "t-admin"))));
        awaitNames("prod", "shop");
        assertThat(clusters.get(new ClusterName("shop")).uid())
                .isEqualTo(clusters.get(HUB).uid());

        // the ClusterProfile API's
        create(CRD.formatted(
                "clusterprofiles", "multicluster.x-k8s.io", "clusterprofile", "ClusterProfile", "v1alpha1"));
        create("""
                apiVersion: multicluster.x-k8s.io/v1alpha1
                kind: ClusterProfile
                metadata: {name: west, namespace: argocd}
                status:
                  accessProviders:
                  - {name: cloud, cluster: {server: "%s", certificate-authority-data: %s}}
                """.formatted(server.url(), TestAuthority.base64(authority.pem())));
        awaitNames("prod", "shop", "west");
        assertThat(clusters.get(new ClusterName("west")).uid())
                .isEqualTo(clusters.get(HUB).uid());

        // a login that changes, and a cluster that goes
        client.secrets().inNamespace("argocd").withName("cluster-1").delete();
        awaitNames("shop", "west");
        create(argoCd("wrong"));
        awaitNames("prod", "shop", "west");
        assertThatThrownBy(() -> clusters.get(new ClusterName("prod")).uid()).hasMessageContaining("prod");
    }

    private void awaitNames(String... names) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(fleet.clusters())
                        .extracting(cluster -> cluster.name().value())
                        .containsExactlyInAnyOrder(names));
    }

    private String argoCd(String token) {
        return secret(
                "cluster-1",
                "argocd.argoproj.io/secret-type: cluster, topology.istio.io/network: vpc-1",
                Map.of(
                        "name", "prod",
                        "server", server.url(),
                        "config",
                                "{\"bearerToken\": \"%s\", \"tlsClientConfig\": {\"caData\": \"%s\"}}"
                                        .formatted(token, TestAuthority.base64(authority.pem()))));
    }

    private static String secret(String name, String labels, Map<String, String> data) {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: argocd, labels: {%s}}
                data:
                """.formatted(name, labels));
        data.forEach((key, value) -> yaml.append("  ")
                .append(key)
                .append(": ")
                .append(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                .append('\n'));
        return yaml.toString();
    }

    private void create(String yaml) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> client.resource(yaml).serverSideApply() != null);
    }
}

package io.meshspan.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.RealClusters;
import io.meshspan.login.RealApiServer;
import io.meshspan.login.TestAuthority;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import io.meshspan.schedule.PeriodicTasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real API server takes the Events of a change from a user that has the rights of deploy/rights and no others. */
@Tag("slow")
class ClusterEventsOfRealApiServerIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final AuditDatabase audit = new AuditDatabase();
    private final PeriodicTasks periodic = new PeriodicTasks();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldShowTheChangeToWhoeverLooksAtTheCluster() throws IOException, InterruptedException {
        try (RealApiServer server = RealApiServer.start(
                        Files.createDirectory(folder.resolve("server")),
                        new TestAuthority("real-ca"),
                        "t-admin,jane,1,system:masters\nt-meshspan,system:serviceaccount:meshspan-access:meshspan,2\n",
                        List.of());
                KubernetesClient administrator = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(server.kubeconfig("cluster1", "t-admin")))
                        .build()) {
            grant(administrator, "meshspan.yaml");
            grant(administrator, "events.yaml");
            Path kubeconfig = Files.writeString(folder.resolve("config"), server.kubeconfig("cluster1", "t-meshspan"));
            Clusters clusters = RealClusters.of(() -> List.of(new KnownCluster(
                    new ClusterName("cluster1"),
                    new NetworkName("network1"),
                    "cluster1",
                    kubeconfig,
                    Optional.empty())));

            tellsOfAChange(clusters, administrator);

            periodic.destroy();
            RealClusters.close(clusters);
        }
    }

    private void tellsOfAChange(Clusters clusters, KubernetesClient administrator) {
        // given
        audit.change("c1", "mesh1", "olivia");
        ClusterEventWriter writer = new ClusterEventWriter(
                clusters, audit.changes, ClusterEventWriterTest.node(), ClusterEventWriterTest.properties(), periodic);
        AuditRecord begun = ClusterEventWriterTest.held();
        AuditRecord ended = ClusterEventWriterTest.record(RecordKind.ENDED, "x", "Change stopped", null);
        audit.log.write(begun);
        audit.log.write(ended);

        // when
        writer.committed(List.of(begun));
        Event first = await().atMost(SOON)
                .until(() -> event(administrator, "default", "begun"), Optional::isPresent)
                .orElseThrow();
        administrator
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("istio-system")
                        .endMetadata()
                        .build())
                .create();
        writer.committed(List.of(ended));
        Event last = await().atMost(SOON)
                .until(() -> event(administrator, "istio-system", "ended"), Optional::isPresent)
                .orElseThrow();

        // then
        assertThat(first.getNote()).isEqualTo("Change c1 of mesh mesh1 begins");
        assertThat(last.getType()).isEqualTo("Warning");
        assertThat(last.getRegarding().getName()).isEqualTo("istiod");
        assertThat(administrator
                        .v1()
                        .events()
                        .inNamespace("istio-system")
                        .withField("source", "meshspan")
                        .list()
                        .getItems())
                .as("as kubectl get events --field-selector source=meshspan")
                .hasSize(1);
    }

    private static Optional<Event> event(KubernetesClient client, String namespace, String end) {
        Resource<Event> event =
                client.events().v1().events().inNamespace(namespace).withName("meshspan-c1-" + end);
        return Optional.ofNullable(event.get());
    }

    private static void grant(KubernetesClient administrator, String file) throws IOException {
        try (InputStream rights = Files.newInputStream(Path.of("deploy/rights", file))) {
            administrator.load(rights).create();
        }
    }
}

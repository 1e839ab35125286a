package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    private static final ConnectionProperties LIMITS =
            new ConnectionProperties(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(75));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldNotLookForANewTokenWhereThereIsNone() throws IOException {
        try (KubernetesClient client = openAs("{}")) {
            assertThat(client.getConfiguration().getOauthTokenProvider()).isNotNull();
            assertThat(client.getConfiguration().getOauthTokenProvider().getToken())
                    .isNull();
        }
    }

    @Test
    void shouldLeaveATokenToTheClient() throws IOException {
        try (KubernetesClient client = openAs("{token: a-token}")) {
            assertThat(client.getConfiguration().getOauthTokenProvider()).isNull();
            assertThat(client.getConfiguration().getAutoOAuthToken()).isEqualTo("a-token");
        }
    }

    private KubernetesClient openAs(String user) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: cluster1
                  cluster: {server: "http://127.0.0.1:1"}
                users:
                - name: admin
                  user: %s
                contexts:
                - name: cluster1
                  context: {cluster: cluster1, user: admin}
                """.formatted(user));
        return Connection.open(
                new KnownCluster(
                        new ClusterName("cluster1"),
                        new NetworkName("network1"),
                        "cluster1",
                        kubeconfig,
                        Optional.empty()),
                LIMITS,
                new UnansweredWrites());
    }
}

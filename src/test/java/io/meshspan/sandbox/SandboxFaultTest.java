package io.meshspan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxFaultTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxCluster.named("cluster1", "network1"), SandboxCluster.named("cluster2", "network2"));

    @AfterEach
    void stop() {
        sandbox.close();
    }

    /** A client that neither repeats nor waits long. */
    private KubernetesClient impatient(String cluster, String token) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(sandbox.apiServer(cluster))
                        .withOauthToken(token)
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(200)
                        .build())
                .build();
    }

    private KubernetesClient impatient(String cluster) {
        return impatient(cluster, sandbox.client(cluster).getConfiguration().getOauthToken());
    }

    private static int code(KubernetesClient client) {
        try {
            client.namespaces().list();
            return 200;
        } catch (KubernetesClientException e) {
            return e.getCode();
        }
    }

    @Test
    void shouldFailAsOftenAsItWasTold() {
        sandbox.cluster("cluster1").failNext(2, 503);
        try (KubernetesClient client = impatient("cluster1")) {
            assertThat(code(client)).isEqualTo(503);
            assertThat(code(client)).isEqualTo(503);
            assertThat(code(client)).isEqualTo(200);
        }
        sandbox.cluster("cluster2").failNext(call -> call.verb().equals("create"), 1, 429);
        try (KubernetesClient client = impatient("cluster2")) {
            assertThat(code(client)).isEqualTo(200);
        }
    }

    @Test
    void shouldNeitherAnswerNorRefuseWhileSilent() {
        sandbox.cluster("cluster1").silence(Duration.ofMillis(600));
        try (KubernetesClient client = impatient("cluster1");
                KubernetesClient other = impatient("cluster2")) {
            assertThatThrownBy(() -> client.namespaces().list()).hasStackTraceContaining("Timeout");
            assertThat(code(other)).isEqualTo(200);
        }
        assertThat(sandbox.client("cluster1").namespaces().withName("default").get())
                .isNotNull();
    }

    @Test
    void shouldRefuseStrangersAndLetAServiceAccountReadOnly() {
        KubernetesClient admin = sandbox.client("cluster1");
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("reader-token")
                        .withNamespace("default")
                        .addToAnnotations("kubernetes.io/service-account.name", "reader")
                        .endMetadata()
                        .withType("kubernetes.io/service-account-token")
                        .build())
                .create();
        var secret = admin.secrets()
                .inNamespace("default")
                .withName("reader-token")
                .waitUntilCondition(
                        filled -> filled.getData() != null
                                && filled.getData()
                                        .keySet()
                                        .containsAll(java.util.Set.of("token", "ca.crt", "namespace")),
                        5,
                        TimeUnit.SECONDS);
        String token = new String(Base64.getDecoder().decode(secret.getData().get("token")), StandardCharsets.UTF_8);
        try (KubernetesClient reader = impatient("cluster1", token);
                KubernetesClient elsewhere = impatient("cluster2", token);
                KubernetesClient stranger = impatient("cluster1", "unknown")) {
            assertThat(code(reader)).isEqualTo(200);
            assertThat(code(elsewhere)).isEqualTo(401);
            assertThat(code(stranger)).isEqualTo(401);
            assertThatThrownBy(() -> reader.resource(secret).delete())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(403));
            admin.resource(secret).delete();
            assertThat(code(reader)).isEqualTo(401);
        }
    }

    @Test
    void shouldWriteAKubeconfigThatItsOwnerAloneReads() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.kubeconfig())))
                .isEqualTo("rw-------");
        Config config = Config.fromKubeconfig(sandbox.kubeconfig().toFile());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            assertThat(config.getContexts()).extracting(NamedContext::getName).containsExactly("cluster1", "cluster2");
            assertThat(config.getMasterUrl()).startsWith(sandbox.apiServer("cluster1"));
            assertThat(client.nodes().list().getItems())
                    .singleElement()
                    .satisfies(node -> assertThat(node.getMetadata().getName()).isEqualTo("cluster1-node"));
        }
        sandbox.close();
        assertThat(sandbox.kubeconfig()).doesNotExist();
    }
}

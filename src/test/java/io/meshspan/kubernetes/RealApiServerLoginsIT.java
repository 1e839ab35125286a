package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.meshspan.difference.PlanProperties;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.connection.Connection;
import io.meshspan.kubernetes.connection.ConnectionProperties;
import io.meshspan.kubernetes.connection.UnansweredWrites;
import io.meshspan.kubernetes.failure.ClientExceptionTranslator;
import io.meshspan.login.RealApiServer;
import io.meshspan.login.RecordingApiServer;
import io.meshspan.login.RecordingApiServer.Answer;
import io.meshspan.login.RecordingProxy;
import io.meshspan.login.TestAuthority;
import io.meshspan.login.TestAuthority.Issued;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to log in, on a real API server: whom does it take this service for? */
class RealApiServerLoginsIT {

    private static final ConnectionProperties LIMITS = new ConnectionProperties(
            Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(75), Duration.ofSeconds(20));
    private static final TestAuthority AUTHORITY = new TestAuthority("real-ca");
    private static final Issued SIGNER = AUTHORITY.client("idp", "RSA", Instant.parse("2099-01-01T00:00:00Z"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder = Path.of("");

    private static RecordingApiServer provider = new RecordingApiServer(AUTHORITY.server("127.0.0.1"));
    private static RealApiServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        provider.answers(RealApiServerLoginsIT::answer);
        server = RealApiServer.start(
                Files.createDirectory(folder.resolve("server")),
                AUTHORITY,
                "t-admin,jane,1,system:masters\n",
                List.of(
                        "--oidc-issuer-url=" + provider.url(),
                        "--oidc-client-id=kube",
                        "--oidc-username-claim=sub",
                        "--oidc-username-prefix=-",
                        "--oidc-signing-algs=RS256",
                        "--oidc-ca-file=" + Files.writeString(folder.resolve("idp-ca.crt"), AUTHORITY.pem())));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        provider.close();
    }

    @Test
    void shouldLogInByATokenFile() throws IOException {
        Files.writeString(folder.resolve("token"), "t-admin\n");
        assertThat(user("", "tokenFile: token")).isEqualTo("jane");
    }

    @Test
    void shouldLogInByCertificate() throws IOException {
        Issued client = AUTHORITY.client("karl");
        assertThat(user(
                        "",
                        "{client-certificate-data: %s, client-key-data: %s}"
                                .formatted(
                                        TestAuthority.base64(client.certificatePem()),
                                        TestAuthority.base64(client.keyPem()))))
                .isEqualTo("karl");
    }

    @Test
    void shouldActAsAnother() throws IOException {
        JsonNode info = whoAmI(
                "", "{token: t-admin, as: nobody, as-uid: '7', as-groups: [nobodies], as-user-extra: {a/b: [c]}}");
        assertThat(info.path("username").asText()).isEqualTo("nobody");
        assertThat(info.path("uid").asText()).isEqualTo("7");
        assertThat(info.path("groups").toString()).contains("nobodies");
        assertThat(info.at("/extra/a~1b/0").asText()).isEqualTo("c");
    }

    /** As remote secrets have them: whoever reads a cluster by such a token logs in with it. */
    @Test
    void shouldIssueTokensThatLogInUntilTheirSecretIsDeleted() throws IOException {
        // given
        write(cluster(server.url(), ""), "{token: t-admin}");
        KnownCluster known = known();
        Fabric8Clusters clusters =
                new Fabric8Clusters(() -> List.of(known), LIMITS, PlanProperties.DEFAULT, TestMeter.METER);
        Cluster cluster = clusters.get(known.name());
        cluster.apply(new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("reader")
                .withNamespace("default")
                .endMetadata()
                .build());
        cluster.apply(new SecretBuilder()
                .withNewMetadata()
                .withName("binding")
                .withNamespace("default")
                .endMetadata()
                .withType("Opaque")
                .build());
        Secret binding = cluster.find(Secret.class, "default", "binding").orElseThrow();

        // when
        String used = cluster.requestToken("default", "reader", binding, Duration.ofMinutes(20));
        String unused = cluster.requestToken("default", "reader", binding, Duration.ofMinutes(10));

        // then
        assertThat(cluster.authenticates(used)).isTrue();
        assertThat(user("", "{token: %s}".formatted(used))).isEqualTo("system:serviceaccount:default:reader");
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(used.split("\\.", -1)[1]));
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(1200);
        assertThat(claims.at("/kubernetes.io/secret/uid").asText())
                .isEqualTo(binding.getMetadata().getUid());

        // when the Secret is gone; the API server may remember the used token for some seconds
        cluster.delete(binding);

        // then
        assertThat(cluster.authenticates(unused)).isFalse();
        Assertions.assertThatThrownBy(() -> user("", "{token: %s}".formatted(unused)))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(401));

        // and no token is bound to a Secret that is gone; a retried step makes it first
        Assertions.assertThatThrownBy(() -> cluster.requestToken("default", "reader", binding, Duration.ofMinutes(20)))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("secrets \"binding\" not found");
        clusters.close();
    }

    @Test
    void shouldReachItThroughProxiesAndByAnotherName() throws IOException {
        try (RecordingProxy proxy = new RecordingProxy(server.port())) {
            for (String scheme : List.of("http", "socks5")) {
                assertThat(whoAmI(
                                        "https://192.0.2.1:6443",
                                        "proxy-url: '%s://127.0.0.1:%d', tls-server-name: kube.example.org,"
                                                .formatted(scheme, proxy.port()),
                                        "token: t-admin")
                                .path("username")
                                .asText())
                        .isEqualTo("jane");
            }
            assertThat(proxy.asked()).hasSize(2);
        }
    }

    @Test
    void shouldLogInByAPlugin() throws IOException {
        plugin("echo noise >&2\n" + credential("\"token\":\"t-admin\""));
        assertThat(user("", PLUGIN)).isEqualTo("jane");
    }

    @Test
    void shouldRunThePluginAgainWhenItsCertificateHasEnded() throws IOException {
        Instant end = Instant.now().plusSeconds(6);
        writeCertificate(AUTHORITY.client("first", "EC", end));
        plugin("cat \"$(dirname \"$0\")/certificate\"\n");
        try (KubernetesClient client = open("", PLUGIN)) {
            assertThat(whoAmI(client).path("username").asText()).isEqualTo("first");
            writeCertificate(AUTHORITY.client("second", "RSA", Instant.now().plusSeconds(600)));
            while (Instant.now().isBefore(end.plusSeconds(1))) {
                assertThat(whoAmI(client).path("username").asText()).isIn("first", "second");
            }
            assertThat(whoAmI(client).path("username").asText()).isEqualTo("second");
        }
    }

    @Test
    void shouldRunThePluginAgainForAnUpgradeThatIsRefused() throws IOException {
        plugin("D=$(dirname \"$0\")\nif [ -f \"$D/ran\" ]; then %selse touch \"$D/ran\"; %sfi\n"
                .formatted(credential("\"token\":\"t-admin\""), credential("\"token\":\"t-old\"")));
        try (KubernetesClient client = open("", PLUGIN)) {
            Assertions.assertThatThrownBy(() -> client.getHttpClient()
                            .newWebSocketBuilder()
                            .uri(URI.create(
                                    server.url() + "/api/v1/namespaces/default/pods/none/exec?command=true&stdout=1"))
                            .buildAsync(new WebSocket.Listener() {})
                            .join())
                    .satisfies(refused ->
                            assertThat(ClientExceptionTranslator.code(refused)).isEqualTo(404));
        }
    }

    @Test
    void shouldLogInByOidcAndRenewIt() throws IOException {
        String old = jwt("early", Instant.now().minusSeconds(60));
        assertThat(user(
                        "",
                        "auth-provider: {name: oidc, config: {client-id: kube, idp-issuer-url: '%s', id-token: %s,"
                                        .formatted(provider.url(), old)
                                + " idp-certificate-authority: idp-ca.crt, refresh-token: r}}"))
                .isEqualTo("olga");
    }

    @Test
    void shouldNotCheckWhatIsNotToBeChecked() throws IOException {
        assertThat(whoAmI(client(
                                "server: '%s', insecure-skip-tls-verify: true".formatted(server.url()),
                                "token: t-admin"))
                        .path("username")
                        .asText())
                .isEqualTo("jane");
    }

    @Test
    void shouldSayThatItIsNotLoggedIn() throws IOException {
        Issued other = new TestAuthority("other").client("karl");
        write(
                cluster(server.url(), ""),
                "{client-certificate-data: %s, client-key-data: %s}"
                        .formatted(TestAuthority.base64(other.certificatePem()), TestAuthority.base64(other.keyPem())));
        KnownCluster known = known();
        Fabric8Clusters clusters =
                new Fabric8Clusters(() -> List.of(known), LIMITS, PlanProperties.DEFAULT, TestMeter.METER);
        Assertions.assertThatThrownBy(
                        () -> clusters.get(known.name()).find(ConfigMap.class, "kube-system", "kube-root-ca.crt"))
                .isInstanceOf(StepFailed.class)
                .satisfies(refused ->
                        assertThat(refused.getMessage()).containsAnyOf("not logged in", "valid credentials"));
        write(cluster(server.url(), ""), "{}");
        Assertions.assertThatThrownBy(
                        () -> clusters.get(known.name()).find(ConfigMap.class, "kube-system", "kube-root-ca.crt"))
                .hasMessageContaining("not logged in");
        clusters.close();
    }

    private static final String PLUGIN =
            "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never}";

    private static Answer answer(RecordingApiServer.Call call) {
        RSAPublicKey key = (RSAPublicKey) SIGNER.keys().getPublic();
        if (call.path().startsWith("/.well-known")) {
            return new Answer(
                    200,
                    "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\",\"token_endpoint\":\"%1$s/token\"}"
                            .formatted(provider.url()));
        }
        if (call.path().equals("/keys")) {
            return new Answer(
                    200,
                    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                            .formatted(url(unsigned(key.getModulus())), url(unsigned(key.getPublicExponent()))));
        }
        return new Answer(
                200, "{\"id_token\":\"%s\"}".formatted(jwt("olga", Instant.now().plusSeconds(600))));
    }

    private static String jwt(String user, Instant end) {
        String signed = url("{\"alg\":\"RS256\",\"kid\":\"k\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + url("{\"iss\":\"%s\",\"aud\":\"kube\",\"sub\":\"%s\",\"exp\":%d}"
                        .formatted(provider.url(), user, end.getEpochSecond())
                        .getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(SIGNER.keys().getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String credential(String status) {
        return "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{%s}}'\n"
                .formatted(status);
    }

    private static void writeCertificate(Issued client) throws IOException {
        Files.writeString(
                folder.resolve("certificate"),
                JSON.writeValueAsString(Map.of(
                        "apiVersion", "client.authentication.k8s.io/v1",
                        "kind", "ExecCredential",
                        "status",
                                Map.of(
                                        "clientCertificateData",
                                        client.certificatePem(),
                                        "clientKeyData",
                                        client.keyPkcs8()))));
    }

    private static void plugin(String script) throws IOException {
        Path command = Files.writeString(folder.resolve("plugin"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    private static String user(String more, String user) throws IOException {
        return whoAmI(more, user).path("username").asText();
    }

    private static JsonNode whoAmI(String more, String user) throws IOException {
        return whoAmI(server.url(), more, user);
    }

    private static JsonNode whoAmI(String url, String more, String user) throws IOException {
        return whoAmI(client(cluster(url, more), user));
    }

    private static JsonNode whoAmI(KubernetesClient client) throws IOException {
        return JSON.readTree(client.raw(
                        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                        "POST",
                        Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview")))
                .at("/status/userInfo");
    }

    private static KubernetesClient open(String more, String user) throws IOException {
        return client(cluster(server.url(), more), user);
    }

    private static KubernetesClient client(String cluster, String user) throws IOException {
        write(cluster, user);
        return Connection.open(
                known().login().orElseThrow(), LIMITS, new UnansweredWrites(), TestMeter.METER.of(known().name()));
    }

    private static String cluster(String url, String more) {
        return "server: '%s', %s certificate-authority-data: %s"
                .formatted(url, more, TestAuthority.base64(AUTHORITY.pem()));
    }

    private static KnownCluster known() {
        return new KnownCluster(
                new ClusterName("cluster1"),
                new NetworkName("network1"),
                "cluster1",
                folder.resolve("config"),
                Optional.empty());
    }

    private static void write(String cluster, String user) throws IOException {
        Files.writeString(
                folder.resolve("config"), """
                contexts:
                - {name: cluster1, context: {cluster: one, user: one}}
                clusters:
                - name: one
                  cluster: {%s}
                users:
                - name: one
                  user: %s
                """.formatted(cluster, user.startsWith("{") ? user : "{" + user + "}"));
    }
}

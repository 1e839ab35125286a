package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.meshspan.difference.PlanProperties;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.kubernetes.connection.ConnectionProperties;
import io.meshspan.login.RecordingApiServer;
import io.meshspan.login.RecordingApiServer.Answer;
import io.meshspan.login.RecordingApiServer.Call;
import io.meshspan.login.RecordingProxy;
import io.meshspan.login.TestAuthority;
import io.meshspan.login.TestAuthority.Issued;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which kubectl logs in: what the API server and the proxies are really sent. */
class LoginFormsTest {

    private static final ClusterName CLUSTER1 = new ClusterName("cluster1");
    private static final ConnectionProperties LIMITS = new ConnectionProperties(
            Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(75), Duration.ofSeconds(2));
    private static final Answer REFUSED = new Answer(401, "{\"kind\":\"Status\",\"code\":401}");

    private final TestAuthority authority = new TestAuthority("test-ca");
    private final RecordingApiServer server = new RecordingApiServer(authority.server("127.0.0.1", "kube.example.org"));
    private final Path folder;
    private final Fabric8Clusters clusters;

    LoginFormsTest(@TempDir Path folder) {
        this.folder = folder;
        clusters = new Fabric8Clusters(() -> List.of(known()), LIMITS, PlanProperties.DEFAULT, TestMeter.METER);
    }

    private KnownCluster known() {
        return new KnownCluster(
                CLUSTER1, new NetworkName("network1"), "cluster1", folder.resolve("config"), Optional.empty());
    }

    @AfterEach
    void close() {
        clusters.close();
        server.close();
    }

    @Test
    void shouldSendTheTokenThatTheFileHasNow() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "first\n");
        login("tokenFile: ./token");
        Cluster cluster = clusters.get(CLUSTER1);
        cluster.serverVersion();

        Files.writeString(token, "second\n");
        Files.setLastModifiedTime(token, FileTime.from(Instant.now().plusSeconds(5)));
        cluster.serverVersion();

        assertThat(server.calls())
                .extracting(call -> call.header("Authorization"))
                .containsExactly("Bearer first", "Bearer second");
        assertThat(clusters.get(CLUSTER1)).isSameAs(cluster);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void shouldShowClientCertificatesOfEveryKind(String algorithm) throws IOException {
        Issued client = authority.client("admin", algorithm, Instant.now().plusSeconds(600));

        login("{client-certificate-data: %s, client-key-data: %s}"
                .formatted(TestAuthority.base64(client.certificatePem()), TestAuthority.base64(client.keyPkcs8())));
        clusters.get(CLUSTER1).serverVersion();

        assertThat(server.last().user()).isEqualTo("CN=admin");
        assertThat(server.last().header("Authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void shouldReadCertificateAndKeyFromFilesBesideTheKubeconfig(String algorithm) throws IOException {
        Issued client = authority.client("filed", algorithm, Instant.now().plusSeconds(600));
        Files.writeString(folder.resolve("client.crt"), client.certificatePem());
        Files.writeString(folder.resolve("client.key"), client.keyPem());

        login("{client-certificate: client.crt, client-key: client.key}");
        clusters.get(CLUSTER1).serverVersion();

        assertThat(server.last().user()).isEqualTo("CN=filed");
    }

    @Test
    void shouldTakeATokenOfABlockScalarAndNeverQuoteABrokenOne() throws IOException {
        login("token: \"not-to-be-shown\\n\"");
        clusters.get(CLUSTER1).serverVersion();

        assertThat(server.last().header("Authorization")).isEqualTo("Bearer not-to-be-shown");

        login("token: \"not-to-\\nbe-shown\"");
        assertThatThrownBy(() -> new Fabric8Clusters(
                                () -> List.of(known()), LIMITS, PlanProperties.DEFAULT, TestMeter.METER)
                        .get(CLUSTER1))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("Put the token into one line")
                .hasMessageNotContaining("be-shown");
    }

    /** As Rancher and other proxies of API servers have it. */
    @Test
    void shouldKeepThePathOfAnAddress() throws IOException {
        login(server.url() + "/k8s/clusters/c-m-1", "", "token: t");
        clusters.get(CLUSTER1).serverVersion();

        assertThat(server.last().path()).startsWith("/k8s/clusters/c-m-1/");
    }

    @Test
    void shouldActAsWhomTheKubeconfigNames() throws IOException {
        login("{token: t, as: jane, as-uid: '42', as-groups: [devs, ops], as-user-extra: {Scopes/x: [view, edit]}}");
        clusters.get(CLUSTER1).serverVersion();

        Call call = server.last();
        assertThat(call.header("Impersonate-user")).isEqualTo("jane");
        assertThat(call.header("Impersonate-uid")).isEqualTo("42");
        assertThat(call.headers().get("Impersonate-group")).containsExactlyInAnyOrder("devs", "ops");
        assertThat(call.headers().get("Impersonate-extra-scopes%2fx")).containsExactlyInAnyOrder("view", "edit");
    }

    @Test
    void shouldAskForTheServerNameAndCheckItInsteadOfTheAddress() throws IOException {
        try (RecordingApiServer named = new RecordingApiServer(authority.server("kube.example.org"))) {
            login(named.url(), "tls-server-name: kube.example.org,", "token: t");
            clusters.get(CLUSTER1).serverVersion();

            assertThat(named.last().askedFor()).containsExactly("kube.example.org");
        }
    }

    @Test
    void shouldRefuseACertificateForAnotherServerName() throws IOException {
        login(server.url(), "tls-server-name: other.example.org,", "token: t");

        assertThatThrownBy(() -> clusters.get(CLUSTER1).serverVersion())
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("tls-server-name");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void shouldTrustTheKubeconfigsAuthorityAlone() throws IOException {
        try (RecordingApiServer other = new RecordingApiServer(new TestAuthority("other").server("127.0.0.1"))) {
            login(other.url(), "", "token: t");
            assertThatThrownBy(() -> clusters.get(CLUSTER1).serverVersion()).isInstanceOf(StepFailed.class);
            assertThat(other.calls()).isEmpty();

            kubeconfig("server: '%s', insecure-skip-tls-verify: true".formatted(other.url()), "token: t");
            clusters.get(CLUSTER1).serverVersion();
            assertThat(other.calls()).hasSize(1);
        }
    }

    @Test
    void shouldGoThroughAnHttpProxyWithItsPassword() throws IOException {
        try (RecordingProxy proxy = new RecordingProxy(server.port())) {
            login(
                    "https://kube.example.org:6443",
                    "proxy-url: 'http://me:pa%%26ss@127.0.0.1:%d',".formatted(proxy.port()),
                    "token: t");
            clusters.get(CLUSTER1).serverVersion();

            assertThat(proxy.asked().get(0))
                    .startsWith("CONNECT kube.example.org:6443 ")
                    .containsIgnoringCase("proxy-authorization: Basic " + TestAuthority.base64("me:pa&ss"));
            assertThat(server.last().askedFor()).containsExactly("kube.example.org");
            assertThat(server.last().header("Authorization")).isEqualTo("Bearer t");
        }
    }

    @Test
    void shouldSpeakTlsToAProxyOfAnHttpsAddress() throws IOException {
        try (RecordingProxy proxy = RecordingProxy.tls(server.port(), authority.server("127.0.0.1"))) {
            login(
                    "https://kube.example.org:6443",
                    "proxy-url: 'https://127.0.0.1:%d',".formatted(proxy.port()),
                    "token: t");
            clusters.get(CLUSTER1).serverVersion();

            assertThat(proxy.asked().get(0)).startsWith("CONNECT kube.example.org:6443 ");
            assertThat(server.last().header("Authorization")).isEqualTo("Bearer t");
        }
    }

    @Test
    void shouldNotTrustAProxyOfAnotherAuthority() throws IOException {
        Issued other = new TestAuthority("other").server("127.0.0.1");
        try (RecordingProxy proxy = RecordingProxy.tls(server.port(), other)) {
            login(server.url(), "proxy-url: 'https://127.0.0.1:%d',".formatted(proxy.port()), "token: t");

            assertThatThrownBy(() -> clusters.get(CLUSTER1).serverVersion()).isInstanceOf(TransientException.class);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void shouldGoThroughASocksProxyThatLooksUpTheName() throws IOException {
        try (RecordingProxy proxy = new RecordingProxy(server.port())) {
            login(
                    "https://kube.example.org:6443",
                    "proxy-url: 'socks5://127.0.0.1:%d',".formatted(proxy.port()),
                    "token: t");
            clusters.get(CLUSTER1).serverVersion();

            assertThat(proxy.asked()).contains("SOCKS5 kube.example.org:6443");
        }
    }

    @Test
    void shouldTakeTheStandardOutputOfAPluginAlone() throws IOException {
        plugin(
                "echo 'WARNING: your session ends soon' >&2\n" + says("token-1", Optional.empty()),
                "env: [{value: unnamed}, {name: A=B, value: x}],");
        clusters.get(CLUSTER1).serverVersion();

        assertThat(server.last().header("Authorization")).isEqualTo("Bearer token-1");
    }

    @Test
    void shouldTellAPluginOfTheClusterAndGiveItItsEnvironmentAndArguments() throws IOException {
        plugin(
                "printf '%s' \"$KUBERNETES_EXEC_INFO\" > \"$(dirname \"$0\")/info\"\n"
                        + "printf '%s %s' \"$REGION\" \"$*\" > \"$(dirname \"$0\")/given\"\n"
                        + says("token-1", Optional.empty()),
                "provideClusterInfo: true, env: [{name: REGION, value: eu}], args: [get, 'a b'],");
        clusters.get(CLUSTER1).serverVersion();

        JsonNode info = new ObjectMapper().readTree(Files.readString(folder.resolve("info")));
        assertThat(info.path("apiVersion").asText()).isEqualTo("client.authentication.k8s.io/v1");
        assertThat(info.at("/spec/interactive").asBoolean(true)).isFalse();
        assertThat(info.at("/spec/cluster/server").asText()).isEqualTo(server.url());
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(info.at("/spec/cluster/certificate-authority-data")
                                        .asText()),
                        StandardCharsets.US_ASCII))
                .isEqualTo(authority.pem());
        assertThat(Files.readString(folder.resolve("given"))).isEqualTo("eu get a b");
    }

    @Test
    void shouldRunAPluginAgainWhenItsTokenIsRefusedAndThenOnceForAllCalls() throws IOException {
        server.answers(
                call -> call.header("Authorization").equals("Bearer token-1") ? REFUSED : RecordingApiServer.VERSION);
        plugin(counting(Optional.empty()), "");
        Cluster cluster = clusters.get(CLUSTER1);

        IntStream.range(0, 8).parallel().forEach(number -> cluster.serverVersion());

        assertThat(Files.readString(folder.resolve("runs"))).hasSize(2);
        assertThat(server.last().header("Authorization")).isEqualTo("Bearer token-2");
    }

    @Test
    void shouldRunAPluginAgainWhenItsTokenHasEnded() throws IOException {
        plugin(counting(Optional.of(Instant.now().minusSeconds(5))), "");
        Cluster cluster = clusters.get(CLUSTER1);
        cluster.serverVersion();
        cluster.serverVersion();

        assertThat(server.last().header("Authorization")).isNotEqualTo("Bearer token-1");
    }

    @Test
    void shouldKeepATokenWhileItLasts() throws IOException {
        plugin(counting(Optional.of(Instant.now().plusSeconds(600))), "");
        clusters.get(CLUSTER1).serverVersion();
        clusters.get(CLUSTER1).serverVersion();

        assertThat(Files.readString(folder.resolve("runs"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void shouldTakeANewConnectionForANewCertificateOfAPlugin(String algorithm) throws IOException {
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(600);
        credential("1", authority.client("first", algorithm, end));
        credential("2", authority.client("second", algorithm, end));
        server.answers(call ->
                call.user().equals("CN=first") && server.calls().size() > 1 ? REFUSED : RecordingApiServer.VERSION);
        plugin(
                "printf x >> \"$(dirname \"$0\")/runs\"\ncat \"$(dirname \"$0\")/credential-$(wc -c < \"$(dirname \"$0\")/runs\" | tr -d ' ')\"\n",
                "");
        Cluster cluster = clusters.get(CLUSTER1);

        cluster.serverVersion();
        cluster.serverVersion();

        assertThat(server.calls()).extracting(Call::user).containsExactly("CN=first", "CN=first", "CN=second");
    }

    @Test
    void shouldSayWhichPluginIsMissingAndHowToInstallIt() throws IOException {
        login("exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, interactiveMode: Never,"
                + " installHint: 'brew install it'}");

        assertThatThrownBy(() -> clusters.get(CLUSTER1).serverVersion())
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("no-such-plugin")
                .hasMessageContaining("brew install it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo the-secret; exit 3",
                "echo 'token: the-secret' ",
                "echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"the-secret\"}}'",
                "echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientCertificateData\":\"the-secret\"}}'",
                "printf '%s' '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"the-secret\\nx\"}}'",
                "echo the-secret; exec sleep 60"
            })
    void shouldSayThatAPluginFailsAndNeverWhatItSaid(String script) throws IOException {
        plugin(script + "\n", "");

        assertThatThrownBy(() -> clusters.get(CLUSTER1).serverVersion())
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("exec plugin")
                .hasMessageNotContaining("the-secret");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void shouldRenewAnIdTokenThatHasEndedWithTheRefreshToken() throws IOException {
        String fresh = jwt(Instant.now().plusSeconds(600), "fresh");
        try (RecordingApiServer provider = provider(fresh)) {
            login("auth-provider: {name: oidc, config: {client-id: kube, client-secret: 's&3', idp-issuer-url: '%s',"
                            .formatted(provider.url())
                    + " idp-certificate-authority-data: %s, id-token: %s, refresh-token: r-1}}"
                            .formatted(TestAuthority.base64(authority.pem()), jwt(Instant.now(), "old")));
            clusters.get(CLUSTER1).serverVersion();
            clusters.get(CLUSTER1).serverVersion();

            assertThat(server.calls())
                    .extracting(call -> call.header("Authorization"))
                    .containsExactly("Bearer " + fresh, "Bearer " + fresh);
            assertThat(provider.calls()).hasSize(2);
            assertThat(provider.last().body()).contains("grant_type=refresh_token", "refresh_token=r-1");
            assertThat(provider.last().header("Authorization"))
                    .isEqualTo("Basic " + TestAuthority.base64("kube:s%263"));
        }
    }

    @Test
    void shouldSendAnIdTokenThatLastsAndRenewItWhereItIsRefused() throws IOException {
        String fresh = jwt(Instant.now().plusSeconds(600), "fresh");
        String lasting = jwt(Instant.now().plusSeconds(600), "lasting");
        try (RecordingApiServer provider = provider(fresh)) {
            login("auth-provider: {name: oidc, config: {client-id: kube, idp-issuer-url: '%s', id-token: %s,"
                            .formatted(provider.url(), lasting)
                    + " idp-certificate-authority-data: %s, refresh-token: r-1}}"
                            .formatted(TestAuthority.base64(authority.pem())));
            clusters.get(CLUSTER1).serverVersion();
            assertThat(provider.calls()).isEmpty();

            server.answers(
                    call -> call.header("Authorization").endsWith(lasting) ? REFUSED : RecordingApiServer.VERSION);
            clusters.get(CLUSTER1).serverVersion();

            assertThat(server.last().header("Authorization")).isEqualTo("Bearer " + fresh);
        }
    }

    @Test
    void shouldSayThatItIsNotLoggedInWhereTheApiServerTakesItForAnonymous() throws IOException {
        server.answers(call -> new Answer(
                403,
                "{\"kind\":\"Status\",\"code\":403,\"reason\":\"Forbidden\",\"message\":\"configmaps \\\"x\\\" is forbidden:"
                        + " User \\\"system:anonymous\\\" cannot get resource\"}"));
        login("token: t");

        assertThatThrownBy(() -> clusters.get(CLUSTER1).find(ConfigMap.class, "default", "x"))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("not logged in")
                .hasMessageNotContaining("Grant this right");
    }

    @Test
    void shouldSayThatNoProxyAnswers() throws IOException {
        login(server.url(), "proxy-url: 'http://127.0.0.1:1',", "token: t");

        assertThatThrownBy(() -> clusters.get(CLUSTER1).serverVersion()).isInstanceOf(TransientException.class);
        assertThat(server.calls()).isEmpty();
    }

    private RecordingApiServer provider(String idToken) {
        RecordingApiServer provider = new RecordingApiServer(authority.server("127.0.0.1"));
        return provider.answers(call -> call.path().startsWith("/.well-known")
                ? new Answer(200, "{\"token_endpoint\":\"%s/token\"}".formatted(provider.url()))
                : new Answer(200, "{\"id_token\":\"%s\",\"refresh_token\":\"r-2\"}".formatted(idToken)));
    }

    private static String jwt(Instant end, String id) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString("{\"exp\":%d,\"jti\":\"%s\"}"
                        .formatted(end.getEpochSecond(), id)
                        .getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private void credential(String number, Issued client) throws IOException {
        Files.writeString(
                folder.resolve("credential-" + number),
                new ObjectMapper()
                        .writeValueAsString(Map.of(
                                "apiVersion",
                                "client.authentication.k8s.io/v1",
                                "kind",
                                "ExecCredential",
                                "status",
                                Map.of(
                                        "clientCertificateData",
                                        client.certificatePem(),
                                        "clientKeyData",
                                        client.keyPkcs8()))));
    }

    private static String says(String token, Optional<Instant> end) {
        return "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"'"
                + token
                + "'\"%s}}'\n"
                        .formatted(end.map(time -> ",\"expirationTimestamp\":\"%s\"".formatted(time))
                                .orElse(""));
    }

    /** Its tokens are token-1, token-2 and so on. */
    private static String counting(Optional<Instant> end) {
        return "printf x >> \"$(dirname \"$0\")/runs\"\nN=$(wc -c < \"$(dirname \"$0\")/runs\" | tr -d ' ')\n"
                + says("token-\"$N\"", end);
    }

    private void plugin(String script, String more) throws IOException {
        Path command = Files.writeString(folder.resolve("plugin"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        login("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, %s interactiveMode: Never}"
                .formatted(more));
    }

    private void login(String user) throws IOException {
        login(server.url(), "", user);
    }

    private void login(String url, String more, String user) throws IOException {
        kubeconfig(
                "server: '%s', %s certificate-authority-data: %s"
                        .formatted(url, more, TestAuthority.base64(authority.pem())),
                user);
    }

    private void kubeconfig(String cluster, String user) throws IOException {
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

package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.inventory.ContextLogin;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.login.ProxyTunnel;
import io.meshspan.login.RecordingProxy;
import io.meshspan.login.TestAuthority;
import io.meshspan.mesh.TwoPrimaries;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerCertificateTest {

    @Test
    void shouldAcceptTheClustersOwnAuthorityAtTheNameOfItsCertificate() throws Exception {
        try (TlsServer server = TlsServer.named("127.0.0.1")) {
            assertThat(found("https://127.0.0.1:" + server.port(), server.authority()))
                    .isEmpty();
        }
    }

    @Test
    void shouldRefuseAnotherAuthorityAsARemoteIstiodWould() throws Exception {
        try (TlsServer server = TlsServer.named("127.0.0.1");
                TlsServer other = TlsServer.named("127.0.0.1")) {
            assertThat(found("https://127.0.0.1:" + server.port(), other.authority()))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.BLOCKING));
        }
    }

    @Test
    void shouldRefuseANameThatTheCertificateDoesNotCarry() throws Exception {
        try (TlsServer server = TlsServer.named("10.0.0.1")) {
            assertThat(found("https://127.0.0.1:" + server.port(), server.authority()))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
                        assertThat(finding.found()).contains("127.0.0.1");
                    });
        }
    }

    @Test
    void shouldOnlyWarnWhereItGetsNoAnswerItself() throws Exception {
        try (TlsServer server = TlsServer.named("127.0.0.1")) {
            assertThat(found("https://127.0.0.1:" + unusedPort(), server.authority()))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
        }
    }

    /** As the client itself gets there: with the user and the password of the proxy, and the name as it stands. */
    @ParameterizedTest
    @CsvSource({
        "http://me:pass%20word@127.0.0.1, me:pass word, CONNECT api.example.org:",
        "socks5://me:pass%20word@127.0.0.1, me:pass word, SOCKS5 api.example.org:",
        "http://127.0.0.1, , CONNECT api.example.org:",
        "socks5h://127.0.0.1, , SOCKS5 api.example.org:",
    })
    void shouldAskThroughTheProxy(String proxyUrl, @Nullable String demanded, String asked) throws Exception {
        try (TlsServer server = TlsServer.named("10.0.0.1");
                RecordingProxy proxy = proxy(server.port(), demanded)) {
            List<Finding> findings = found(
                    "https://api.example.org:" + server.port(),
                    server.authority(),
                    proxyUrl + ":" + proxy.port(),
                    null);

            assertThat(proxy.asked())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith(asked + server.port());
            assertThat(findings)
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.found()).contains("No name matching api.example.org found"));
            assertThat(found(
                            "https://api.example.org:" + server.port(),
                            server.authority(),
                            proxyUrl + ":" + proxy.port(),
                            "10.0.0.1"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://me:wrong-secret@127.0.0.1, HTTP 407",
        "http://127.0.0.1, HTTP 407",
        "socks5://me:wrong-secret@127.0.0.1, it refuses the user or the password",
        "socks5://127.0.0.1, it asks for a user and a password",
    })
    void shouldSayThatTheProxyDoesNotLetItThrough(String proxyUrl, String expected) throws Exception {
        try (TlsServer server = TlsServer.named("127.0.0.1");
                RecordingProxy proxy = proxy(server.port(), "me:right")) {
            assertThat(found(
                            "https://api.example.org:" + server.port(),
                            server.authority(),
                            proxyUrl + ":" + proxy.port(),
                            null))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                        assertThat(finding.found()).contains(expected, "proxy-url in the kubeconfig");
                        assertThat(finding.toString()).doesNotContain("wrong-secret");
                    });
        }
    }

    @Test
    void shouldSpeakTlsToAProxyOfAnHttpsAddress() throws Exception {
        TestAuthority authority = new TestAuthority("proxy-ca");
        try (TlsServer server = TlsServer.named("127.0.0.1");
                RecordingProxy proxy = RecordingProxy.tls(server.port(), authority.server("127.0.0.1"))) {
            String address = "https://127.0.0.1:" + server.port();
            String proxyUrl = "https://127.0.0.1:" + proxy.port();

            assertThat(found(address, server.authority(), login(proxyUrl, authority.pem()), null))
                    .isEmpty();
            assertThat(found(address, server.authority(), login(proxyUrl, server.authority()), null))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.found()).contains("no TLS with a certificate"));
        }
    }

    /** As Go's programs do: the environment's proxy, but for the hosts of NO_PROXY; a proxy-url of the kubeconfig is always meant. */
    @ParameterizedTest
    @CsvSource({
        "'', '', 1",
        "api.example.org, '', 0",
        ".example.org, '', 0",
        "'*', '', 0",
        "example.com, '', 1",
        "'*', of the kubeconfig, 1",
    })
    void shouldGoByTheEnvironment(String noProxy, String own, int asked) throws Exception {
        try (TlsServer server = TlsServer.named("10.0.0.1");
                RecordingProxy proxy = new RecordingProxy(server.port())) {
            String through = "http://127.0.0.1:" + proxy.port();
            Map<String, String> environment = Map.of("HTTPS_PROXY", through, "NO_PROXY", noProxy);
            ContextLogin login = login(own.isEmpty() ? "" : through, null);

            List<Finding> findings = found(
                    new ClusterInMemory("cluster1", "https://api.example.org:" + server.port(), true) {
                        @Override
                        public Optional<ProxyTunnel> proxy() {
                            return ProxyTunnel.to(URI.create(apiServer()), login, environment);
                        }

                        @Override
                        public Optional<String> tlsServerName() {
                            return Optional.of("10.0.0.1");
                        }
                    },
                    server.authority());

            assertThat(proxy.asked()).hasSize(asked);
            assertThat(findings).hasSize(1 - asked); // no host of that name answers without the proxy
        }
    }

    private static RecordingProxy proxy(int target, @Nullable String demanded) {
        RecordingProxy proxy = new RecordingProxy(target);
        return demanded == null ? proxy : proxy.demanding(demanded);
    }

    private static ContextLogin login(String proxyUrl, @Nullable String authority) {
        return new ContextLogin(
                new ClusterBuilder()
                        .withServer("https://api.example.org")
                        .withProxyUrl(proxyUrl)
                        .withCertificateAuthorityData(
                                authority == null
                                        ? null
                                        : Base64.getEncoder()
                                                .encodeToString(authority.getBytes(StandardCharsets.US_ASCII)))
                        .build(),
                Path.of("/"),
                new AuthInfo(),
                Path.of("/"));
    }

    private static List<Finding> found(String address, String authority, String proxyUrl, @Nullable String serverName) {
        return found(address, authority, login(proxyUrl, null), serverName);
    }

    private static List<Finding> found(String address, String authority) {
        return found(new ClusterInMemory("cluster1", address, true), authority);
    }

    private static List<Finding> found(
            String address, String authority, ContextLogin login, @Nullable String serverName) {
        return found(
                new ClusterInMemory("cluster1", address, true) {
                    @Override
                    public Optional<ProxyTunnel> proxy() {
                        return ProxyTunnel.to(URI.create(apiServer()), login);
                    }

                    @Override
                    public Optional<String> tlsServerName() {
                        return Optional.ofNullable(serverName);
                    }
                },
                authority);
    }

    private static List<Finding> found(ClusterInMemory cluster, String authority) {
        cluster.with(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("kube-root-ca.crt")
                .withNamespace("kube-system")
                .endMetadata()
                .addToData("ca.crt", authority)
                .build());
        return CheckFindings.of(new ApiServerCertificate(), TwoPrimaries.MESH, cluster);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

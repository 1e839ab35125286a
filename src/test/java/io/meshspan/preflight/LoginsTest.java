package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.mesh.TwoPrimaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token: secret",
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, interactiveMode: Never}",
                "tokenFile: token"
            })
    void shouldAcceptUsableCredentials(String user) throws IOException {
        Files.writeString(folder.resolve("token"), "secret");
        assertThat(found("server: https://192.0.2.1:6443", user)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "auth-provider: {name: gcp}",
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, interactiveMode: Never}",
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: sh}",
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, interactiveMode: Always}",
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, interactiveMode: Never, env: [{value: x}]}",
                "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: sh, interactiveMode: Never}",
                "{token: a, as-groups: [admins]}",
                "{token: a, username: b, password: c}",
                "client-certificate-data: YQ==",
                "tokenFile: no-such-file",
                "{client-certificate: no-such-file, client-key: no-such-file}"
            })
    void shouldNotCallAClusterWithCredentialsThatCannotWork(String user) throws IOException {
        // given
        Logins logins = logins("server: https://192.0.2.1:6443", user);

        // then
        assertThat(logins.check(TwoPrimaries.MESH))
                .filteredOn(finding -> finding.where().equals("cluster1"))
                .isNotEmpty()
                .allMatch(finding -> finding.severity() == Severity.BLOCKING);
        assertThat(logins.usable(TwoPrimaries.MESH)).containsExactly(TwoPrimaries.TWO);
    }

    @Test
    void shouldNotCallWithAnExpiredCertificate() throws Exception {
        assertThat(found(
                        "server: https://192.0.2.1:6443",
                        "{client-key-data: eA==, client-certificate-data: " + expired() + "}"))
                .extracting(Finding::found)
                .containsExactly("one that expired at 2020-01-02T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://proxy:1", "proxy:3128", "http://"})
    void shouldNameAProxyThatIsNone(String proxy) throws IOException {
        assertThat(found("{server: 'https://192.0.2.1:6443', proxy-url: '%s'}".formatted(proxy), "token: secret"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.BLOCKING))
                .satisfies(finding -> assertThat(finding.what()).contains("proxy-url"));
    }

    @Test
    void shouldLetOidcInWithAWarning() throws IOException {
        assertThat(found("server: https://192.0.2.1:6443", "auth-provider: {name: oidc, config: {id-token: secret}}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void shouldSayHowToInstallAMissingPlugin() throws IOException {
        assertThat(found(
                        "server: https://192.0.2.1:6443",
                        "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin,"
                                + " interactiveMode: Never, installHint: 'apt install it'}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.advice()).contains("apt install it"));
    }

    @Test
    void shouldWarnOfAServerThatNobodyChecks() throws IOException {
        assertThat(found("{server: 'https://192.0.2.1:6443', insecure-skip-tls-verify: true}", "token: secret"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void shouldNeverTellACredential() throws IOException {
        assertThat(found("{server: x, insecure-skip-tls-verify: true}", "{username: u, password: hunter2}")
                        .toString())
                .doesNotContain("hunter2");
    }

    @Test
    void shouldTellOfAKubeconfigThatIsGone() {
        // given
        KnownCluster gone = known("cluster1", folder.resolve("gone"));

        // then
        assertThat(new Logins(() -> List.of(gone)).check(TwoPrimaries.MESH))
                .extracting(Finding::where)
                .containsExactly("cluster1", "cluster2");
    }

    private List<Finding> found(String cluster, String user) throws IOException {
        return logins(cluster, user).check(TwoPrimaries.MESH);
    }

    /** cluster1 as given, and a cluster2 with nothing wrong. */
    private Logins logins(String cluster, String user) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("config"), """
                contexts:
                - {name: cluster1, context: {cluster: one, user: one}}
                - {name: cluster2, context: {cluster: two, user: two}}
                clusters:
                - name: one
                  cluster:
                    %s
                - {name: two, cluster: {server: 'https://192.0.2.2:6443'}}
                users:
                - name: one
                  user:
                    %s
                - {name: two, user: {token: secret}}
                """.formatted(cluster, user));
        return new Logins(() -> List.of(known("cluster1", kubeconfig), known("cluster2", kubeconfig)));
    }

    private static KnownCluster known(String name, Path kubeconfig) {
        return new KnownCluster(
                new io.meshspan.mesh.ClusterName(name),
                new io.meshspan.mesh.NetworkName("network1"),
                name,
                kubeconfig,
                Optional.empty());
    }

    private static String expired() throws Exception {
        String pem = SelfSignedCertificate.pem(SelfSignedCertificate.certificate(
                SelfSignedCertificate.keys(),
                "127.0.0.1",
                Instant.parse("2020-01-01T00:00:00Z"),
                Instant.parse("2020-01-02T00:00:00Z")));
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}

package io.meshspan.remotesecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.login.TestAuthority;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.NetworkName;
import io.meshspan.remotesecret.RemoteCredential.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Remote secrets as istioctl, pipelines, controllers and clouds make them. */
class RemoteCredentialTest {

    private static final ClusterName READER = new ClusterName("cluster1");
    private static final ClusterName TARGET = new ClusterName("cluster2");

    /** By the claims of a token: what people read, and whether a rotation ends it, cannot end it, or needs help. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"sub":"a"}                                                                                             | a token that does not end | ends
            {"kubernetes.io/serviceaccount/secret.name":"istio-reader-service-account-istio-remote-secret-token"}   | a token that does not end, or with Secret istio-reader-service-account-istio-remote-secret-token | ends
            {"kubernetes.io/serviceaccount/secret.name":"reader-of-the-platform"}                                   | a token that does not end, or with Secret reader-of-the-platform | delete Secret reader-of-the-platform in istio-system of cluster2
            {"iat":1764460800,"exp":1764547200}                                                                     | a token that ends at 2025-12-01T00:00:00Z | accepts it until its end
            {"iat":1764460800,"exp":1764547200,"kubernetes.io":{"pod":{"name":"renewer-0"}}}                        | a token that ends at 2025-12-01T00:00:00Z, or with Pod renewer-0 | accepts it until its end
            {"iat":1764460800,"exp":1764547200,"kubernetes.io":{"secret":{"name":"theirs"}}}                        | a token that ends at 2025-12-01T00:00:00Z, or with Secret theirs | accepts it until its end
            {"iat":1764460800,"exp":1764547200,"kubernetes.io":{"secret":{"name":"istio-reader-service-account-bound-token-2"}}} | a token that ends at 2025-12-01T00:00:00Z, or with Secret istio-reader-service-account-bound-token-2 | ends
            """)
    void shouldSayWhatATokenIsAndWhatARotationMeansForIt(String claims, String words, String rotation) {
        RemoteCredential credential = credential("token: " + token(claims));

        assertThat(credential.kind()).isEqualTo(Kind.TOKEN);
        assertThat(credential.words()).isEqualTo(words);
        assertThat(credential.toString()).doesNotContain(token(claims));
        assertThat(credential
                        .beforeRotation(READER, TARGET)
                        .map(Finding::toString)
                        .orElse("ends"))
                .contains(rotation);
        assertThat(credential.outlivesRotation()).isEqualTo(rotation.startsWith("accepts"));
        credential.lifetime().ifPresent(lifetime -> {
            assertThat(lifetime.duration()).isEqualTo(Duration.ofDays(1));
            assertThat(credential.ended(lifetime.ends())).isTrue();
            assertThat(credential.ended(lifetime.ends().minusSeconds(1))).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'{exec: {command: aws-iam-authenticator}}', OTHER, 'no token, but exec'",
        "'{auth-provider: {name: gcp}}', OTHER, 'no token, but auth-provider'",
        "'{tokenFile: /var/run/token}', OTHER, 'no token, but tokenFile'",
        "'{username: reader, password: hunter2}', OTHER, 'no token, but password, username'",
        "'{client-certificate-data: bm90IGEgY2VydGlmaWNhdGU=}', CERTIFICATE, a client certificate that cannot be read",
        "'{}', NONE, no credential that can be read",
        "'{token: not-a-jwt}', TOKEN, a token that does not end",
        "'{token: a.b.c}', TOKEN, a token that does not end",
    })
    void shouldSayWhatElseItIsAndNeverTheCredential(String user, Kind kind, String words) {
        RemoteCredential credential = credential(user);

        assertThat(credential.kind()).isEqualTo(kind);
        assertThat(credential.words()).isEqualTo(words);
        assertThat(credential.toString()).doesNotContain("hunter2", "aws-iam");
    }

    @Test
    void shouldReadTheEndOfAClientCertificate() {
        String certificate = new TestAuthority("platform")
                .client("reader", "EC", Instant.now().plus(Duration.ofDays(90)))
                .certificatePem();

        RemoteCredential credential = credential("client-certificate-data: " + encoded(certificate));

        assertThat(credential.kind()).isEqualTo(Kind.CERTIFICATE);
        assertThat(credential.outlivesRotation()).isTrue();
        assertThat(credential.lifetime().orElseThrow().ends())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));
    }

    @Test
    void shouldReadWhateverIsInARemoteSecret() {
        ClusterInMemory reader = new ClusterInMemory("cluster1");
        reader.apply(secret("istio-remote-secret-cluster2", Map.of("cluster2", kubeconfig("token: t"))));
        reader.apply(secret(
                "of-a-controller", Map.of("east", "not base64!", "west", encoded("{"), "north", encoded("a: b"))));

        Map<String, RemoteAccess> accesses = RemoteSecrets.accesses(reader);

        assertThat(accesses).containsOnlyKeys("cluster2", "east", "west", "north");
        assertThat(accesses.get("cluster2")).extracting(RemoteAccess::server).isEqualTo("https://192.0.2.2:6443");
        assertThat(accesses.get("east")).isEqualTo(new RemoteAccess("", RemoteCredential.none()));
        assertThat(accesses.get("west")).isEqualTo(accesses.get("east"));
        assertThat(accesses.get("north")).isEqualTo(accesses.get("east"));
    }

    private static RemoteCredential credential(String user) {
        GenericKubernetesResource secret = new GenericKubernetesResource();
        secret.setAdditionalProperty("data", Map.of("cluster2", kubeconfig(user)));
        return RemoteSecrets.credential(Member.primary(TARGET, new NetworkName("network2")), secret);
    }

    private static String kubeconfig(String user) {
        return encoded("""
                clusters: [{name: c, cluster: {server: "https://192.0.2.2:6443"}}]
                users: [{name: u, user: %s}]
                """.formatted(user.startsWith("{") ? user : "{" + user + "}"));
    }

    private static Secret secret(String name, Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("istio-system")
                .addToLabels("istio/multiCluster", "true")
                .endMetadata()
                .withData(data)
                .build();
    }

    private static String token(String claims) {
        return "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

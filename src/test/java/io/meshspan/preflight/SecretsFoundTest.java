package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.TwoPrimaries;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsFoundTest {

    @ParameterizedTest
    @CsvSource({
        "istio-system, istio-remote-secret-cluster7, cluster7, WARNING, one for cluster7",
        "default,      istio-remote-secret-cluster2, cluster2, WARNING, one where no istiod looks",
        "istio-system, other-name,                   cluster2, WARNING, 'one with another name; "
                + "Meshspan adds its own'",
        "istio-system, istio-remote-secret-cluster2, cluster2, NOTE,    one that another tool wrote"
    })
    void shouldTellOfRemoteSecretsThatAreNotMeshspans(
            String namespace, String name, String key, String severity, String found) {
        ClusterInMemory cluster = new ClusterInMemory("cluster1").with(remoteSecret(namespace, name, key));
        assertThat(CheckFindings.of(new RemoteSecretsFound(), cluster))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).hasToString(severity);
                    assertThat(finding.found()).isEqualTo(found);
                    assertThat(finding.toString()).doesNotContain("a2V5");
                });
    }

    @Test
    void shouldLetItsOwnBe() {
        // given
        Secret ours = new ApplySet(new MeshId("mesh1"))
                .member(remoteSecret("istio-system", "istio-remote-secret-cluster2", "cluster2"));

        // then
        assertThat(CheckFindings.of(new RemoteSecretsFound(), new ClusterInMemory("cluster1").with(ours)))
                .isEmpty();
    }

    @Test
    void shouldNameTheReadersOtherTokens() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        token("istio-reader-service-account-token-x7k2p"),
                        token("istio-reader-service-account-istio-remote-secret-token"));

        // then
        assertThat(CheckFindings.of(new ReaderTokens(), cluster))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.found()).isEqualTo("istio-reader-service-account-token-x7k2p"));
    }

    @Test
    void shouldTakeTheTokenThatARotationLeftForTheUsedOne() {
        // given
        Secret rotated = new ApplySet(new MeshId("mesh1"))
                .member(token("istio-reader-service-account-istio-remote-secret-token-2"));

        // then
        assertThat(CheckFindings.of(new ReaderTokens(), new ClusterInMemory("cluster1").with(rotated)))
                .isEmpty();
    }

    @Test
    void shouldNameEveryLongLivedTokenIfThoseOfTheMeshAreBound() {
        ClusterInMemory cluster =
                new ClusterInMemory("cluster1").with(token("istio-reader-service-account-istio-remote-secret-token"));
        Mesh bound = TwoPrimaries.MESH.with(TokenExpiration.of("12h"));

        assertThat(new ReaderTokens().check(bound, ClusterSnapshot.of(cluster, bound.member(cluster.name()))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).endsWith("istio-remote-secret-token"));
    }

    @ParameterizedTest
    @CsvSource({"0 */10 * * * *, 12h, true", "0 0 3 * * *, 12h, false", "-, 720h, false", "0 */10 * * * *, 10m, false"})
    void shouldWarnOfTokensThatMayEndBeforeTheirRenewal(String cron, String tokens, boolean inTime) {
        TokenRenewalProperties renewal = new TokenRenewalProperties(cron, ZoneOffset.UTC, 33, true);

        assertThat(renewal.check(TwoPrimaries.MESH.with(TokenExpiration.of(tokens)))
                        .isEmpty())
                .isEqualTo(inTime);
        assertThat(renewal.check(TwoPrimaries.MESH)).isEmpty();
    }

    private static Secret remoteSecret(String namespace, String name, String key) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("istio/multiCluster", "true")
                .endMetadata()
                .addToData(key, "a2V5")
                .build();
    }

    private static Secret token(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("istio-system")
                .addToAnnotations("kubernetes.io/service-account.name", "istio-reader-service-account")
                .endMetadata()
                .withType("kubernetes.io/service-account-token")
                .build();
    }
}

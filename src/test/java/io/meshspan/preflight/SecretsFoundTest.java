package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.MeshId;
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
        assertThat(Seen.by(new RemoteSecretsFound(), cluster)).singleElement().satisfies(finding -> {
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
        assertThat(Seen.by(new RemoteSecretsFound(), new ClusterInMemory("cluster1").with(ours)))
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
        assertThat(Seen.by(new ReaderTokens(), cluster))
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
        assertThat(Seen.by(new ReaderTokens(), new ClusterInMemory("cluster1").with(rotated)))
                .isEmpty();
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

package io.meshspan.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.declared.HelmReleases.HelmRelease;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.sandbox.InstalledMesh;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The values of Helm's releases, as the parts of a mesh file, and nothing that the mesh determines or that is secret. */
class HelmReleasesTest {

    @Test
    void shouldCarryOverWhatUsersSaid() {
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        secret(
                                "istiod",
                                "istiod",
                                Map.of(
                                        "global.meshID", "mesh1",
                                        "global.network", "network1",
                                        "global.tag", "1.30.3",
                                        "env.API_TOKEN", "s3cr3t",
                                        "autoscaleMin", 3)),
                        secret("east", "gateway", Map.of("name", "istio-eastwestgateway", "service.type", "NodePort")),
                        secret("prometheus", "prometheus", Map.of("replicas", 2)));

        List<HelmRelease> releases = HelmReleases.in(cluster, Set.of("istio-system"));

        assertThat(releases)
                .extracting(HelmRelease::inWords)
                .containsExactly("east (chart gateway 1.30.3)", "istiod (chart istiod 1.30.3)");
        assertThat(HelmReleases.values(releases).text())
                .isEqualTo("eastWestGateway:\n  service:\n    type: NodePort\nistiod:\n  autoscaleMin: 3\n");
    }

    @Test
    void shouldSkipASecretThatItCannotRead() {
        Secret broken = new SecretBuilder(secret("istiod", "istiod", Map.of()))
                .withData(Map.of("release", base64("H4sIAAAA")))
                .build();

        assertThat(HelmReleases.in(new ClusterInMemory("cluster1").with(broken), Set.of("istio-system")))
                .isEmpty();
    }

    /** As an API server gives it back. */
    private static Secret secret(String name, String chart, Map<String, Object> values) {
        Secret written = InstalledMesh.helmsSecret(name, chart, values);
        return new SecretBuilder(written)
                .withData(Map.of(
                        "release", base64(String.valueOf(written.getStringData().get("release")))))
                .withStringData(Map.of())
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.MeshId;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    @Test
    void shouldWarnOfWhatHelmAndIstioctlHaveInstalled() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        annotated("istiod", "meta.helm.sh/release-name", "istiod"),
                        labelled("istio-eastwestgateway", "operator.istio.io/version", "1.30.3"),
                        annotated("somebodys", "meta.helm.sh/release-name", "somebodys"));

        // then
        assertThat(Seen.by(new Ownership(), cluster))
                .allMatch(finding -> finding.severity() == Severity.WARNING)
                .extracting(finding -> finding.what() + ": " + finding.found())
                .containsExactly(
                        "Service istio-system/istiod: marks of Helm release istiod",
                        "Service istio-system/istio-eastwestgateway: marks of istioctl");
    }

    @Test
    void shouldNotFightAnOperatorOrAnotherApplySet() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        labelled("istiod", "managed-by", "sail-operator"),
                        new ApplySet(new MeshId("mesh9"))
                                .member(Seen.service("istio-system", "istio-eastwestgateway")));

        // then
        assertThat(Seen.by(new Ownership(), cluster))
                .hasSize(2)
                .allMatch(finding -> finding.severity() == Severity.BLOCKING);
    }

    @Test
    void shouldKnowItsOwnAlthoughTheChartsNameHelm() {
        // given
        Service ours =
                new ApplySet(new MeshId("mesh1")).member(labelled("istiod", "app.kubernetes.io/managed-by", "Helm"));

        // then
        assertThat(Seen.by(new Ownership(), new ClusterInMemory("cluster1").with(ours)))
                .isEmpty();
    }

    private static Service labelled(String name, String label, String value) {
        return new ServiceBuilder(Seen.service("istio-system", name))
                .editMetadata()
                .addToLabels(label, value)
                .endMetadata()
                .build();
    }

    private static Service annotated(String name, String annotation, String value) {
        return new ServiceBuilder(Seen.service("istio-system", name))
                .editMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build();
    }
}

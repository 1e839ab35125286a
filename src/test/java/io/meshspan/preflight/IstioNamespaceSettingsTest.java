package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.kubernetes.ClusterInMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IstioNamespaceSettingsTest {

    private static final String CONTROL_PLANE = "topology.istio.io/controlPlaneClusters";

    @ParameterizedTest
    @CsvSource({"topology.istio.io/network, network9, WARNING", "istio-injection, disabled, BLOCKING"})
    void shouldTellOfLabelsThatContradictTheMesh(String label, String value, String severity) {
        // given
        Namespace namespace = CheckFindings.namespace("istio-system")
                .editMetadata()
                .addToLabels(label, value)
                .endMetadata()
                .build();

        // then
        assertThat(CheckFindings.of(new IstioNamespaceSettings(), new ClusterInMemory("cluster1").with(namespace)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).hasToString(severity);
                    assertThat(finding.found()).isEqualTo(value);
                });
    }

    @ParameterizedTest
    @CsvSource({"cluster1, cluster2", "cluster2, cluster9"})
    void shouldTellOfAnotherControlPlane(String cluster, String annotated) {
        assertThat(CheckFindings.of(
                        new IstioNamespaceSettings(), CheckFindings.PRIMARY_REMOTE, led(cluster, annotated)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo(annotated));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster1", "*"})
    void shouldLetTheRightControlPlaneBe(String annotated) {
        assertThat(CheckFindings.of(
                        new IstioNamespaceSettings(), CheckFindings.PRIMARY_REMOTE, led("cluster2", annotated)))
                .isEmpty();
    }

    @Test
    void shouldNotBuildOnANamespaceThatIsGoing() {
        // given
        Namespace namespace = CheckFindings.namespace("istio-system")
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build();

        // then
        assertThat(CheckFindings.of(new IstioNamespaceSettings(), new ClusterInMemory("cluster1").with(namespace)))
                .extracting(finding -> finding.found())
                .containsExactly("one that is being deleted since 2026-01-01T00:00:00Z");
    }

    private static ClusterInMemory led(String cluster, String controlPlane) {
        return new ClusterInMemory(cluster)
                .with(CheckFindings.namespace("istio-system")
                        .editMetadata()
                        .addToAnnotations(CONTROL_PLANE, controlPlane)
                        .endMetadata()
                        .build());
    }
}

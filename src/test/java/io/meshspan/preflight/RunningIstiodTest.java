package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.kubernetes.ClusterInMemory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningIstiodTest {

    @ParameterizedTest
    @CsvSource({"1.30.3", "1.30.9-distroless", "1.29.1", "1.30.3-solo", "1.30.0-rc.1"})
    void shouldLetTheSameOrTheLastMinorBe(String tag) {
        ClusterInMemory cluster = running("cluster1", "istio-system", "istiod", tag);
        assertThat(CheckFindings.of(new RunningIstiod(), cluster)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cluster1, istio-system, istiod,      1.31.0, BLOCKING, 1.31.0",
        "cluster1, istio-system, istiod,      1.31.0-rc.0, BLOCKING, 1.31.0-rc.0",
        "cluster1, istio-system, istiod,      1.33.1-solo, BLOCKING, 1.33.1-solo",
        "cluster1, istio-system, istiod,      1.28.1, WARNING,  1.28.1",
        "cluster1, istio-system, istiod-blue, 1.30.3, NOTE,     one in addition to the revision of this " + "change",
        "cluster1, elsewhere,    istiod,      1.30.3, BLOCKING, one that also answers for this cluster",
        "cluster2, istio-system, istiod,      1.30.3, BLOCKING, one"
    })
    void shouldTellOfOneThatLeavesNoRoom(
            String cluster, String namespace, String name, String tag, String severity, String found) {
        ClusterInMemory running = running(cluster, namespace, name, tag);
        assertThat(CheckFindings.of(new RunningIstiod(), CheckFindings.PRIMARY_REMOTE, running))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).hasToString(severity);
                    assertThat(finding.found()).isEqualTo(found);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'',                          '',              WARNING",
        "app.kubernetes.io/version,   1.30.1,          ''",
        "app.kubernetes.io/version,   1.31.0,          BLOCKING",
        "operator.istio.io/version,   1.28.2,          WARNING",
        "helm.sh/chart,               istiod-1.31.2,   BLOCKING",
        "helm.sh/chart,               istiod-1.31.0-rc.0, BLOCKING",
        "app.kubernetes.io/version,   1.30.3-solo,     ''",
        "helm.sh/chart,               istiod-1.0.0,    WARNING",
    })
    void shouldGoByItsInstallersMarkWhereTheImageNamesNoVersion(String label, String value, String severity) {
        Deployment istiod = new DeploymentBuilder(
                        CheckFindings.istiod("istio-system", "istiod", "registry.example.org/istio/pilot@sha256:0123"))
                .editMetadata()
                .addToLabels(label.isEmpty() ? "app" : label, label.isEmpty() ? "istiod" : value)
                .endMetadata()
                .build();

        assertThat(CheckFindings.of(new RunningIstiod(), new ClusterInMemory("cluster1").with(istiod)))
                .extracting(finding -> finding.severity().name())
                .containsExactlyElementsOf(severity.isEmpty() ? List.of() : List.of(severity));
    }

    private static ClusterInMemory running(String cluster, String namespace, String name, String tag) {
        String image = "registry.example.org/istio/pilot:" + tag;
        return new ClusterInMemory(cluster).with(CheckFindings.istiod(namespace, name, image));
    }
}

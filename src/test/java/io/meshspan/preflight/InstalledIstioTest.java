package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.mesh.HelmValues;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstalledIstioTest {

    @ParameterizedTest
    @CsvSource({"values, merged-values", "istio-sidecar-injector, values"})
    void shouldLetTheSameMeshBe(String configMap, String key) {
        assertThat(identity(configMap, key, "mesh1", "cluster1", "network1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mesh9, cluster1, network1, mesh ID of the installed Istio",
        "mesh1, cluster9, network1, cluster name of the installed Istio",
        "mesh1, cluster1, network9, network of the installed Istio"
    })
    void shouldNotMakeItAnotherOne(String mesh, String cluster, String network, String what) {
        // when
        List<Finding> findings = identity("values", "merged-values", mesh, cluster, network);

        // then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.what()).isEqualTo(what);
        });
    }

    @Test
    void shouldWarnOfAnIstioThatWasAlone() {
        assertThat(identity("values", "merged-values", "", "Kubernetes", ""))
                .hasSize(3)
                .allMatch(finding -> finding.severity() == Severity.WARNING);
    }

    @Test
    void shouldNotTakeForIstiosWhatOnlyHasASimilarName() {
        assertThat(identity("values-of-somebody", "merged-values", "mesh9", "cluster9", "network9"))
                .isEmpty();
    }

    @Test
    void shouldNotRenameTheIdentitiesOfWorkloads() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        CheckFindings.configMap("values", "merged-values", "{\"global\": {}}"),
                        CheckFindings.configMap("istio", "mesh", "trustDomain: acme.example.org\n"));

        // then
        assertThat(CheckFindings.of(new TrustDomain(SandboxCharts.company(HelmValues.NONE)), cluster))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
                    assertThat(finding.found()).isEqualTo("acme.example.org");
                });
    }

    private static List<Finding> identity(String configMap, String key, String mesh, String name, String network) {
        String values = """
                {"global": {"meshID": "%s", "network": "%s", "multiCluster": {"clusterName": "%s"}}}
                """.formatted(mesh, network, name);
        ClusterInMemory cluster = new ClusterInMemory("cluster1").with(CheckFindings.configMap(configMap, key, values));
        assertThat(CheckFindings.of(new TrustDomain(SandboxCharts.company(HelmValues.NONE)), cluster))
                .isEmpty();
        return CheckFindings.of(new InstalledIdentity(), cluster);
    }
}

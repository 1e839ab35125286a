package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.TwoPrimaries;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1.28.10, v1.30.0",
        "1.28.10, v1.34.9",
        "1.29.6, v1.35.1",
        "1.30.3, v1.32.0",
        "1.30.3, v1.36.2-eks-1a2b3c",
        "1.31.0-rc.0, v1.37.0",
        "1.32.0, v1.29.0"
    })
    void shouldAcceptWhatIstioSupports(String istio, String kubernetes) {
        assertThat(found(istio, kubernetes)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.28.10, v1.35.0", "1.29.6, v1.30.4", "1.30.3, v1.31.0+k3s1", "1.30.3, v1.37.0", "1.31.0-rc.0, v1.31.4"
    })
    void shouldWarnOfWhatIstioDoesNotSupport(String istio, String kubernetes) {
        // when
        List<Finding> findings = found(istio, kubernetes);

        // then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.found()).isEqualTo(kubernetes);
        });
    }

    private static List<Finding> found(String istio, String kubernetes) {
        Mesh two = TwoPrimaries.MESH;
        Mesh mesh = new Mesh(two.id(), two.topology(), IstioVersion.parse(istio), two.members());
        return CheckFindings.of(new KubernetesVersion(), mesh, new ClusterInMemory("cluster1").version(kubernetes));
    }
}

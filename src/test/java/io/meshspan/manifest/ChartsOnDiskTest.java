package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Told by the preflight, which only reads: before a plan is made of them, and before anything is written. */
class ChartsOnDiskTest {

    private static final IstioVersion VERSION = IstioVersion.parse("1.30.3");

    private final Path folder;

    ChartsOnDiskTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        for (Chart chart : Chart.values()) {
            describe(chart, chart.published(), "1.30.3");
        }
    }

    @Test
    void shouldTakeChartsOfTheVersionAndThoseOfIstiosSources() throws IOException {
        assertThat(found()).isEmpty();
        describe(Chart.GATEWAY, "gateway", "1.0.0");
        assertThat(found()).isEmpty();
    }

    @Test
    void shouldRefuseAChartOfAnotherVersion() throws IOException {
        describe(Chart.ISTIOD, "istiod", "1.28.10");

        assertThat(found()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.what())
                    .isEqualTo(folder.resolve("istiod/Chart.yaml").toString());
            assertThat(finding.expected()).isEqualTo("chart istiod 1.30.3");
            assertThat(finding.found()).isEqualTo("chart istiod 1.28.10");
            assertThat(finding.advice()).contains("meshspan.charts.source");
        });
    }

    @Test
    void shouldRefuseAnotherChartInItsPlace() throws IOException {
        describe(Chart.BASE, "ztunnel", "1.30.3");

        assertThat(found()).extracting(Finding::found).containsExactly("chart ztunnel 1.30.3");
    }

    @Test
    void shouldRefuseADescriptionThatIsNoYaml() throws IOException {
        Files.writeString(folder.resolve("base/Chart.yaml"), "name: [base");

        assertThat(found()).extracting(Finding::found).containsExactly("a Chart.yaml that is no YAML");
    }

    private List<Finding> found() {
        return new ChartsOnDisk(new ChartLocation(folder.toString()), VERSION).check();
    }

    private void describe(Chart chart, String name, String version) throws IOException {
        Path place = Files.createDirectories(folder.resolve(chart.published()));
        Files.writeString(
                place.resolve("Chart.yaml"), "apiVersion: v2\nname: %s\nversion: %s\n".formatted(name, version));
    }
}

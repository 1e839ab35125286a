package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartLocationTest {

    private static final IstioVersion VERSION = IstioVersion.parse("1.30.3");

    private final Path folder;

    ChartLocationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldAskARepositoryByANameThatNobodyElseGaveIt() {
        ChartLocation location = new ChartLocation("https://charts.example.org/istio");
        ChartLocation mirror = new ChartLocation("https://mirror.example.org/istio");

        assertThat(location.isRepository()).isTrue();
        assertThat(location.reference(Chart.ISTIOD, VERSION)).matches("meshspan-[-0-9a-f]{36}/istiod");
        assertThat(location.repository()).isNotEqualTo(mirror.repository());
    }

    @Test
    void shouldAskARegistryByTheWholeAddress() {
        ChartLocation location = new ChartLocation("oci://registry.example.org/charts");

        assertThat(location.isRegistry()).isTrue();
        assertThat(location.isRepository()).isFalse();
        assertThat(location.reference(Chart.BASE, VERSION)).isEqualTo("oci://registry.example.org/charts/base");
    }

    @Test
    void shouldFindTheChartsOfAnIstioRelease() throws IOException {
        chart("1.30.3/istio-control/istio-discovery");

        assertThat(new ChartLocation(folder + "/{version}").reference(Chart.ISTIOD, VERSION))
                .isEqualTo(
                        folder.resolve("1.30.3/istio-control/istio-discovery").toString());
    }

    @Test
    void shouldPreferAnArchiveOfTheVersionToAFolderOfAnyVersion() throws IOException {
        chart("base");
        Files.createFile(folder.resolve("base-1.30.3.tgz"));
        Files.createFile(folder.resolve("base-1.28.0.tgz"));

        assertThat(new ChartLocation(folder.toString()).reference(Chart.BASE, VERSION))
                .isEqualTo(folder.resolve("base-1.30.3.tgz").toString());
    }

    @Test
    void shouldSayWhatItLookedForWhenThereIsNothing() {
        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> new ChartLocation(folder.toString()).reference(Chart.GATEWAY, VERSION))
                .withMessageContaining("gateway-1.30.3.tgz")
                .withMessageContaining(folder.toString())
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.CHARTS_UNUSABLE));
    }

    private void chart(String path) throws IOException {
        Files.createDirectories(folder.resolve(path));
        Files.createFile(folder.resolve(path).resolve("Chart.yaml"));
    }
}

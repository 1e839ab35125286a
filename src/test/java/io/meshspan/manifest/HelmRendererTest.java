package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelmRendererTest {

    private static final IstioVersion VERSION = IstioVersion.parse("1.30.3");
    private static final Map<String, Object> VALUES =
            Map.of("global", Map.of("meshID", "mesh1", "multiCluster", Map.of("clusterName", "cluster1")));

    private final Path folder;

    HelmRendererTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldRenderAChartInAFolderWithTheValues() {
        List<GenericKubernetesResource> objects =
                renderer(SandboxCharts.FOLDER.toString()).render(part(VERSION));

        assertThat(objects).extracting(HasMetadata::getKind).contains("Deployment", "ConfigMap", "Service");
        assertThat(objects.toString()).contains("mesh1", "cluster1");
    }

    @Test
    void shouldRenderTheSameFromAnArchive() {
        archive(Chart.ISTIOD);

        assertThat(renderer(folder.toString()).render(part(VERSION)))
                .isEqualTo(renderer(SandboxCharts.FOLDER.toString()).render(part(VERSION)));
    }

    @Test
    void shouldRenderTheSameFromARepository() throws IOException {
        archive(Chart.ISTIOD);
        index("1.30.3");

        try (ChartServer server = ChartServer.start(folder)) {
            assertThat(renderer(server.url()).render(part(VERSION)))
                    .isEqualTo(renderer(SandboxCharts.FOLDER.toString()).render(part(VERSION)));
            assertThat(server.requests()).contains("/index.yaml", "/istiod-1.30.3.tgz");
        }
    }

    @Test
    void shouldSayThatARepositoryDoesNotHaveTheVersion() throws IOException {
        archive(Chart.ISTIOD);
        index("1.30.3");

        try (ChartServer server = ChartServer.start(folder)) {
            unusable(server.url(), IstioVersion.parse("1.29.0"), "1.29.0");
        }
    }

    @Test
    void shouldSayThatARepositoryDoesNotAnswer() throws IOException {
        String gone;
        try (ChartServer server = ChartServer.start(folder)) {
            gone = server.url();
        }

        unusable(gone, VERSION, "chart istiod in " + gone);
    }

    @Test
    void shouldSayWhatIsWrongWithABrokenChart() throws IOException {
        Files.createDirectories(folder.resolve("istiod/templates"));
        Files.writeString(folder.resolve("istiod/Chart.yaml"), "apiVersion: v2\nname: istiod\nversion: 1.30.3\n");
        Files.writeString(folder.resolve("istiod/templates/broken.yaml"), "kind: {{ .Values.nothing");

        unusable(folder.toString(), VERSION, "broken.yaml");
    }

    @Test
    void shouldSayThatAChartIsMissing() {
        unusable(folder.toString(), VERSION, "istiod-1.30.3.tgz");
    }

    @Test
    void shouldGiveEveryCallerObjectsOfItsOwn() {
        HelmRenderer renderer = renderer(SandboxCharts.FOLDER.toString());
        List<GenericKubernetesResource> first = renderer.render(base());
        first.forEach(object -> object.getMetadata().setName("changed"));

        assertThat(renderer.render(base()))
                .noneMatch(object -> object.getMetadata().getName().equals("changed"));
    }

    private static ManifestPart part(IstioVersion version) {
        return new ManifestPart(
                "control plane",
                version,
                List.of(new Release(Chart.ISTIOD, "istiod", new HelmValues(VALUES))),
                Map.of());
    }

    private static ManifestPart base() {
        return new ManifestPart(
                "base", VERSION, List.of(new Release(Chart.BASE, "istio-base", HelmValues.NONE)), Map.of());
    }

    private static HelmRenderer renderer(String source) {
        return new HelmRenderer(new ChartProperties(source, null, null, null, null, null));
    }

    private static void unusable(String source, IstioVersion version, String found) {
        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> renderer(source).render(part(version)))
                .withMessageContaining(found)
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.CHARTS_UNUSABLE));
    }

    private void archive(Chart chart) {
        new Helm(SandboxCharts.FOLDER.resolve(chart.published()))
                .packageIt()
                .withDestination(folder)
                .call();
    }

    private void index(String version) throws IOException {
        Files.writeString(folder.resolve("index.yaml"), """
                apiVersion: v1
                entries:
                  istiod:
                  - apiVersion: v2
                    name: istiod
                    version: %1$s
                    urls: [istiod-%1$s.tgz]
                """.formatted(version));
    }
}

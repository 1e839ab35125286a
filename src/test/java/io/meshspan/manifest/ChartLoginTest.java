package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.marcnuri.helm.Helm;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts from a repository and a registry that ask for a login, by HTTPS with an authority of their own. */
class ChartLoginTest {

    private static final String USER = "robot";
    private static final String PASSWORD = "s3cr3t+p/ss\"word";
    private static final ManifestPart PART = new ManifestPart(
            "control plane",
            IstioVersion.parse("1.30.3"),
            List.of(new Release(Chart.ISTIOD, "istiod", new HelmValues(Map.of("global", Map.of("meshID", "mesh1"))))),
            Map.of());

    private final Path folder;
    private final ChartServer server;
    private final Path authority;

    ChartLoginTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        ServerCertificate certificate = new ServerCertificate();
        this.authority = certificate.writeAuthority(folder.resolve("ca.pem"));
        this.server = ChartServer.start(folder, certificate.tls(), USER, PASSWORD);
    }

    @BeforeEach
    void publish() throws IOException {
        new Helm(SandboxCharts.FOLDER.resolve("istiod"))
                .packageIt()
                .withDestination(folder)
                .call();
        Files.writeString(folder.resolve("index.yaml"), """
                apiVersion: v1
                entries:
                  istiod:
                  - apiVersion: v2
                    name: istiod
                    version: 1.30.3
                    urls: [istiod-1.30.3.tgz]
                """);
        OciChart.write(folder, "charts", Chart.ISTIOD, "1.30.3");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldRenderFromARepositoryThatAsksForALogin() {
        assertThat(renderer(server.url(), PASSWORD, authority).render(PART))
                .isEqualTo(SandboxCharts.renderer().render(PART));
        assertThat(server.requests()).contains("/index.yaml", "/istiod-1.30.3.tgz");
    }

    @Test
    void shouldRenderFromARegistryThatAsksForALoginAndLogOut() throws IOException {
        assertThat(renderer("oci://" + server.authority() + "/charts", PASSWORD, authority)
                        .render(PART))
                .isEqualTo(SandboxCharts.renderer().render(PART));
        assertThat(loginsThatHelmKeeps()).doesNotContain(server.authority());
    }

    @Test
    void shouldSayThatARepositoryRefusesTheLoginWithoutShowingIt() {
        refused(server.url(), "not-the-pa55word", authority, "401");
    }

    @Test
    void shouldSayThatARegistryRefusesTheLoginWithoutShowingIt() throws IOException {
        refused("oci://" + server.authority() + "/charts", "not-the-pa55word", authority, "40");
        assertThat(loginsThatHelmKeeps()).doesNotContain(server.authority());
    }

    @Test
    void shouldSayThatTheAuthorityIsNotKnown() {
        refused(server.url(), PASSWORD, null, "certificate");
    }

    @Test
    void shouldShowNoFormOfALogin() {
        ChartProperties properties = properties("https://charts.example.org", PASSWORD, null);
        ChartRepository repository = new ChartRepository(new ChartLocation(properties.source()), properties);
        String header = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

        assertThat(repository.cleaned("Get \"https://other:word@charts.example.org/index.yaml\": no route"))
                .isEqualTo("Get \"https://charts.example.org/index.yaml\": no route");
        assertThat(repository.cleaned(
                        "Basic %s; %s; s3cr3t%%2Bp%%2Fss%%22word; \"s3cr3t+p/ss\\\"word\"".formatted(header, PASSWORD)))
                .isEqualTo("Basic ***; ***; ***; \"***\"");
        assertThat(properties.toString()).contains("charts.example.org").doesNotContain("s3cr3t");
    }

    private void refused(String source, String password, @Nullable Path caFile, String found) {
        StepFailed failed = catchThrowableOfType(
                StepFailed.class, () -> renderer(source, password, caFile).render(PART));

        assertThat(failed.code()).isEqualTo(FailureCode.CHARTS_UNUSABLE);
        assertThat(failed.findings().get(0).found()).contains(found);
        assertThat(failed.findings().toString())
                .contains(
                        "chart istiod in " + source,
                        "meshspan.charts.username and .password",
                        "meshspan.charts.ca-file")
                .doesNotContain(password, USER, PASSWORD);
    }

    private static HelmRenderer renderer(String source, String password, @Nullable Path caFile) {
        return new HelmRenderer(properties(source, password, caFile));
    }

    private static ChartProperties properties(String source, String password, @Nullable Path caFile) {
        return new ChartProperties(source, USER, new ChartPassword(password), caFile, null, null);
    }

    /** Where Helm keeps logins, by its own rules. */
    private static String loginsThatHelmKeeps() throws IOException {
        Map<String, String> environment = System.getenv();
        String home = environment.getOrDefault(
                "XDG_CONFIG_HOME", environment.getOrDefault("HOME", System.getProperty("user.home")) + "/.config");
        Path file = Path.of(environment.getOrDefault("HELM_CONFIG_HOME", home + "/helm"), "registry", "config.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}

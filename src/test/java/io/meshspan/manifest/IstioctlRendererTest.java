package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in istioctl's place. */
class IstioctlRendererTest {

    private static final IstioVersion VERSION = IstioVersion.parse("1.30.3");
    private static final ManifestPart PART =
            new ManifestPart("any", VERSION, List.of(), Map.of("profile", "minimal", "tag", "1.30.3"));
    private static final String SAYS_ITS_VERSION = """
            #!/bin/sh
            if [ "$1" = version ]; then echo '{"clientVersion": {"version": "1.30.1"}}'; exit 0; fi
            """;
    private static final String RENDERS = """
            cat <<END
            apiVersion: v1
            kind: Service
            metadata: {name: late}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: early}
            END
            """;

    private final Path folder;

    IstioctlRendererTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldParseWhatIstioctlPrintsIntoTheOrderOfInstallation() {
        assertThat(renderer(SAYS_ITS_VERSION + RENDERS).render(PART))
                .extracting(HasMetadata::getKind)
                .containsExactly("ServiceAccount", "Service");
    }

    @Test
    void shouldGiveItTheFileThatPeopleReadAndNothingElse() throws IOException {
        String keeps = """
                cat "$4" > %1$s/file; echo "$*" > %1$s/arguments; env | sort > %1$s/environment; ls -l "$4" > %1$s/mode
                """.formatted(folder);
        IstioctlRenderer renderer = renderer(SAYS_ITS_VERSION + keeps + RENDERS);

        renderer.render(PART);

        assertThat(folder.resolve("file")).hasContent(renderer.source(PART).orElseThrow());
        assertThat(Files.readString(folder.resolve("arguments"))).startsWith("manifest generate -f ");
        assertThat(Files.readString(folder.resolve("mode"))).startsWith("-rw-------");
        assertThat(Files.readAllLines(folder.resolve("environment")))
                .contains("KUBECONFIG=/dev/null")
                .allMatch(line -> line.matches("(KUBECONFIG|PATH|PWD|OLDPWD|SHLVL|_)=.*"));
        assertThat(Path.of(Files.readString(folder.resolve("arguments")).strip().replaceFirst(".* ", "")))
                .doesNotExist();
    }

    @Test
    void shouldReadBothPipesOfAChattyProgram() {
        String chatty = "i=0; while [ $i -lt 3000 ]; do echo 'a line of eighty characters that fills the pipe of the"
                + " program and more and more' >&2; i=$((i+1)); done\n";

        assertThat(renderer(SAYS_ITS_VERSION + chatty + RENDERS).render(PART)).hasSize(2);
    }

    @Test
    void shouldAskOnceForTheSame() throws IOException {
        IstioctlRenderer renderer = renderer(SAYS_ITS_VERSION + "echo once >> %s/asked\n".formatted(folder) + RENDERS);
        List<GenericKubernetesResource> first = renderer.render(PART);
        first.get(0).getMetadata().setName("changed");

        assertThat(renderer.render(PART).get(0).getMetadata().getName()).isEqualTo("early");
        assertThat(folder.resolve("asked")).hasContent("once\n");
    }

    @Test
    void shouldSayWhatAFailingProgramSaid() {
        unusable(renderer(SAYS_ITS_VERSION + "echo 'unknown profile' >&2; exit 3\n"), "exit code 3: unknown profile");
    }

    @Test
    void shouldEndASlowProgramAndItsChildren() throws Exception {
        String slow = "sleep 300 & echo $! > %s/child; wait\n".formatted(folder);

        unusable(
                new IstioctlRenderer(istioctl(script(SAYS_ITS_VERSION + slow), Duration.ofSeconds(1)), noFolder()),
                "no end within PT1S");
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child)
                .ifPresent(left -> left.onExit()
                        .orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
                        .join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void shouldFindThatTheProgramIsMissing() {
        List<Finding> findings = new IstioctlRenderer(
                        istioctl(folder.resolve("istioctl-{version}").toString(), Duration.ofSeconds(20)), noFolder())
                .check(VERSION);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.what()).endsWith("istioctl-1.30.3");
            assertThat(finding.found()).contains("no program that can be started");
            assertThat(finding.advice()).contains("meshspan.istioctl.path", "meshspan.renderer");
        });
    }

    @Test
    void shouldFindThatTheProgramIsOfAnotherMinor() {
        assertThat(renderer(SAYS_ITS_VERSION).check(IstioVersion.parse("1.29.6")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.expected()).isEqualTo("istioctl of Istio 1.29");
                    assertThat(finding.found()).isEqualTo("version '1.30.1'");
                });
        assertThat(renderer(SAYS_ITS_VERSION).check(VERSION)).isEmpty();
    }

    @Test
    void shouldTakeTheChartsOfAReleasesFolder() throws IOException {
        Path charts = Files.createDirectories(folder.resolve("manifests/charts"));
        ManifestFolder own = new ManifestFolder(new ChartLocation(charts.toString()));

        assertThat(own.arguments(VERSION)).containsExactly("--manifests=" + folder.resolve("manifests"));
        assertThat(own.check(VERSION))
                .get()
                .satisfies(finding -> assertThat(finding.found()).contains("manifests/profiles"));

        Files.createDirectories(folder.resolve("manifests/profiles"));
        assertThat(own.check(VERSION)).isEmpty();
    }

    private static void unusable(Renderer renderer, String found) {
        assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(() -> renderer.render(PART))
                .withMessageContaining(found)
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.CHARTS_UNUSABLE));
    }

    private IstioctlRenderer renderer(String script) {
        return new IstioctlRenderer(istioctl(script(script), Duration.ofSeconds(20)), noFolder());
    }

    private static ManifestFolder noFolder() {
        return new ManifestFolder(new ChartLocation("https://charts.example.org"));
    }

    private static Istioctl istioctl(String path, Duration limit) {
        return new Istioctl(new RenderingProperties.Istioctl(path, limit));
    }

    private String script(String text) {
        try {
            Path file = folder.resolve("istioctl");
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            return file.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.meshspan.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.meshspan.MeshspanApplication;
import io.meshspan.finding.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot work is told when the service starts, in words, with an exit code of its own. */
@Tag("slow")
class FailedStartsIT {

    @TempDir
    private static Path folder = Path.of("");

    /** A stack trace has hundreds. */
    private static final int LINES = 60;

    private static String output = "";

    @BeforeAll
    static void startAll() throws IOException, InterruptedException, GeneralSecurityException {
        Files.writeString(folder.resolve("no-folder"), "a file");
        Files.writeString(folder.resolve("no-keystore.p12"), "not a keystore");
        Files.writeString(folder.resolve("no-yaml"), "contexts: [{name: secret-of-the-kubeconfig");
        Files.createDirectory(folder.resolve("folder"));
        Files.createDirectory(folder.resolve("with-garbage"));
        Files.writeString(folder.resolve("with-garbage/evidence.p12"), "garbage");
        Files.writeString(folder.resolve("kubeconfig"), "contexts: [{name: cluster1, context: {}}]");
        Files.copy(folder.resolve("kubeconfig"), folder.resolve("shut"));
        Files.setPosixFilePermissions(folder.resolve("shut"), PosixFilePermissions.fromString("---------"));
        Files.writeString(
                folder.resolve("broken.yaml"), "meshspan:\n  admin:\n    user: ada\n    password: 'hidden\n  wait: {");
        Files.writeString(folder.resolve("tab.yaml"), "meshspan:\n\twait:\n");
        Files.writeString(folder.resolve("twice.yaml"), "meshspan:\n  wait: {istiod: 5m, istiod: 6m}\n");
        keystore(folder.resolve("another-password.p12"));
        StartedProcess all = StartedProcess.with(folder, Map.of(), SequentialStarts.class, List.of());
        assertThat(all.exitCode()).as(all.output()).isZero();
        output = all.output();
    }

    private static void keystore(Path file) throws IOException, GeneralSecurityException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        char[] password = "another one".toCharArray();
        keystore.load(null, password);
        try (OutputStream out = Files.newOutputStream(file)) {
            keystore.store(out, password);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatIsWrong(InvalidSettings wrong) {
        assumeFalse(
                wrong == InvalidSettings.SHUT_KUBECONFIG && Files.isReadable(folder.resolve("shut")),
                "this user, root perhaps, may read every file");
        String start = output.split(SequentialStarts.begin(wrong) + "\n", 2)[1].split("#### [A-Z]", 2)[0];

        assertThat(start).contains(SequentialStarts.end(wrong.code.number()));
        assertThatItIsToldInWords(start, wrong.told);
    }

    @Test
    void shouldEndWithTheCodeWhenThePortIsInUse() throws IOException, InterruptedException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            StartedProcess started = StartedProcess.with(
                    folder,
                    Map.of(),
                    MeshspanApplication.class,
                    List.of(SequentialStarts.settings("server.port=" + port)));

            assertThat(started.exitCode()).as(started.output()).isEqualTo(ExitCode.PORT.number());
            assertThatItIsToldInWords(started.output(), "127.0.0.1:" + port);
        }
    }

    @Test
    void shouldTellEveryWrongSettingOfAllPlacesInOneStart() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("many.yaml"), """
                meshspan:
                  wait:
                    istiod: -5m
                    sync: soon
                  inventory:
                    clusters:
                      cluster1:
                        network: Network One
                  trust.keystore-password: hidden from all
                spring.datasource:
                  password: hidden
                  url: jdbc:mysql://db/meshspan
                """);
        StartedProcess started = StartedProcess.with(
                folder,
                Map.of("MESHSPAN_LEASE_DURATION", "1s"),
                MeshspanApplication.class,
                List.of(
                        "--spring.config.additional-location=file:" + file,
                        "--server.port=99999",
                        "--meshspan.wait.isitod=5m"));

        assertThat(started.exitCode()).as(started.output()).isEqualTo(ExitCode.SETTINGS.number());
        assertThatItIsToldInWords(started.output(), "7 settings are wrong");
        assertThat(started.output())
                .containsSubsequence("meshspan.wait.isitod", "where:    argument --meshspan.wait.isitod")
                .containsSubsequence("server.port", "where:    argument --server.port", "found:    99999")
                .containsSubsequence(
                        "spring.datasource.url", "many.yaml, line 12", "found:    jdbc:mysql://db/meshspan")
                .containsSubsequence("clusters.cluster1.network", "many.yaml, line 8", "found:    Network One")
                .containsSubsequence("meshspan.lease.duration", "environment variable MESHSPAN_LEASE_DURATION", "1s")
                .containsSubsequence("meshspan.wait.istiod", "many.yaml, line 3", "from 1s to 7d", "found:    -5m")
                .containsSubsequence("meshspan.wait.sync", "many.yaml, line 4", "from 1s to 7d", "found:    soon");
    }

    private static void assertThatItIsToldInWords(String start, String told) {
        assertThat(start)
                .contains("APPLICATION FAILED TO START", told)
                .doesNotContain("\tat ", "secret-of-the-kubeconfig", "hidden", "hunter2", "olivia-olivia");
        assertThat(start.lines().dropWhile(line -> !line.contains("APPLICATION FAILED TO START")))
                .as(start)
                .hasSizeLessThan(LINES);
    }
}

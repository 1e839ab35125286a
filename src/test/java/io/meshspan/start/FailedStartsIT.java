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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot work is told when the service starts, in words, with an exit code of its own. */
class FailedStartsIT {

    @TempDir
    private static Path folder = Path.of("");

    private static String output = "";

    @BeforeAll
    static void startAll() throws IOException, InterruptedException, GeneralSecurityException {
        Files.writeString(folder.resolve("no-folder"), "a file");
        Files.writeString(folder.resolve("no-keystore.p12"), "not a keystore");
        Files.writeString(folder.resolve("no-yaml"), "contexts: [{name: secret-of-the-kubeconfig");
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("kubeconfig"), "contexts: [{name: cluster1, context: {}}]");
        Files.copy(folder.resolve("kubeconfig"), folder.resolve("shut"));
        Files.setPosixFilePermissions(folder.resolve("shut"), PosixFilePermissions.fromString("---------"));
        keystore(folder.resolve("another-password.p12"));
        Started all = Started.with(folder, StartsInARow.class, List.of());
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
    void shouldSayWhatIsWrong(Wrong wrong) {
        assumeFalse(
                wrong == Wrong.SHUT_KUBECONFIG && Files.isReadable(folder.resolve("shut")),
                "this user, root perhaps, may read every file");
        String start = output.split(StartsInARow.begin(wrong) + "\n", 2)[1].split("#### [A-Z]", 2)[0];

        assertThat(start).contains(StartsInARow.end(wrong.code.number()));
        assertThatItIsToldInWords(start, wrong.told);
    }

    @Test
    void shouldEndWithTheCodeWhenThePortIsInUse() throws IOException, InterruptedException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            Started started = Started.with(
                    folder, MeshspanApplication.class, List.of(StartsInARow.settings("server.port=" + port)));

            assertThat(started.exitCode()).as(started.output()).isEqualTo(ExitCode.PORT.number());
            assertThatItIsToldInWords(started.output(), "127.0.0.1:" + port);
        }
    }

    private static void assertThatItIsToldInWords(String start, String told) {
        assertThat(start)
                .contains("APPLICATION FAILED TO START", told)
                .doesNotContain(
                        "\tat ",
                        "secret-of-the-kubeconfig",
                        "password=hidden",
                        "hidden from all",
                        "hunter2",
                        "olivia-olivia");
    }
}

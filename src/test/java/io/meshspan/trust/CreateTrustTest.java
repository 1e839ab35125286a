package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both keystores of an installation by one command, as docs/deployment.md has it. */
class CreateTrustTest {

    private static final String PASSWORD = "of this test";
    private static final Map<String, String> GIVEN = Map.of("MESHSPAN_TRUST_KEYSTOREPASSWORD", PASSWORD);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void shouldMakeBothKeystoresOnce() throws IOException, GeneralSecurityException {
        Path made = folder.resolve("new");

        assertThat(run(GIVEN, made.toString())).isZero();

        assertThat(aliases(made.resolve("root-ca.p12"))).isEqualTo(1);
        assertThat(aliases(made.resolve("evidence.p12"))).isEqualTo(1);
        byte[] before = Files.readAllBytes(made.resolve("root-ca.p12"));
        assertThat(run(GIVEN, made.toString())).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("root-ca.p12: expected no such file")
                .doesNotContain(PASSWORD);
        assertThat(Files.readAllBytes(made.resolve("root-ca.p12"))).isEqualTo(before);
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        assertThat(run(Map.of(), folder.toString())).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("MESHSPAN_TRUST_KEYSTOREPASSWORD: expected");
        assertThat(run(GIVEN)).isEqualTo(2);
        assertThat(run(GIVEN, Files.createFile(folder.resolve("a-file")).toString()))
                .isEqualTo(1);
        assertThat(folder.resolve("root-ca.p12")).doesNotExist();
    }

    private int run(Map<String, String> environment, String... arguments) {
        return CreateTrust.run(List.of(arguments), environment, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static int aliases(Path file) throws IOException, GeneralSecurityException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keystore.load(in, PASSWORD.toCharArray());
        }
        return keystore.size();
    }
}

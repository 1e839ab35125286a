package io.meshspan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment, else the configuration file: docs/automation.md. */
class ClientSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void shouldTakeTheEnvironmentBeforeTheFileWhicheverKindOfLoginItGives() throws IOException {
        Map<String, String> password = Map.of("MESHSPAN_USER", "olivia", "MESHSPAN_PASSWORD", "from the environment");

        assertThat(login("token=of-the-file", password)).isEqualTo(basic("olivia:from the environment"));
        assertThat(login("password-file=/no/such/file", password)).isEqualTo(basic("olivia:from the environment"));
        assertThat(login("user=carla\npassword=x", Map.of("MESHSPAN_TOKEN", "t")))
                .isEqualTo("Bearer t");
        assertThat(login("user=carla\npassword=of the file", Map.of())).isEqualTo(basic("carla:of the file"));
        assertThat(login("token=of-the-file", Map.of())).isEqualTo("Bearer of-the-file");
    }

    @Test
    void shouldSayWhatAnAddressLooksLike() {
        for (String wrong : new String[] {"my host", "meshspan.example.org", "ftp://x", "https:///path"}) {
            assertThatThrownBy(() -> login("", Map.of("MESHSPAN_SERVER", wrong)))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessage("MESHSPAN_SERVER: expected an address such as https://meshspan.example.org, found '"
                            + wrong + "'.");
        }
    }

    private String login(String file, Map<String, String> environment) throws IOException {
        Path config = Files.writeString(folder.resolve("config"), file);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> all = new HashMap<>(environment);
        all.put("MESHSPAN_CONFIG", config.toString());
        return ClientSettings.of(all).authorization().get();
    }

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}

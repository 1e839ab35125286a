package io.meshspan.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.DocumentedYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Settings that pages show are settings with which the service starts, once its secrets are given. */
class DocumentedSettingsTest {

    private static final List<String> OURS = List.of("meshspan", "spring", "server", "management", "logging");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)}");
    private static final String SECRET = "not in any page";

    @Test
    void shouldStartWithTheSettingsThatPagesShow() throws IOException {
        List<DocumentedYaml> shown = DocumentedYaml.whereAllKeys(
                key -> OURS.contains(key.contains(".") ? key.substring(0, key.indexOf('.')) : key));

        assertThat(shown)
                .extracting(block -> block.page().getFileName())
                .contains(Path.of("README.md"), Path.of("single-sign-on.md"), Path.of("notifications.md"));
        for (DocumentedYaml block : shown) {
            assertThat(wrong(block.text())).as(block.toString()).isEmpty();
        }
    }

    @Test
    void shouldStartWithTheSettingsThatPagesShowForTheChart() throws IOException {
        List<DocumentedYaml> shown = DocumentedYaml.whereAllKeys(key -> !key.isEmpty()).stream()
                .filter(block -> block.tree().path("config").isObject())
                .toList();

        assertThat(shown).extracting(block -> block.page().getFileName()).contains(Path.of("deployment.md"));
        for (DocumentedYaml block : shown) {
            assertThat(wrong(new YAMLMapper().writeValueAsString(block.tree().path("config"))))
                    .as(block.toString())
                    .isEmpty();
        }
    }

    /** What the table of identity providers says that their entry needs. */
    @Test
    void shouldTakeTheSettingsOfEachIdentityProvider() throws IOException {
        List<String> shown = Pattern.compile("`((?:scopes|groups-claim): [^`]+)`")
                .matcher(Files.readString(Path.of("docs", "single-sign-on.md")))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(shown).hasSizeGreaterThanOrEqualTo(5);
        for (String setting : shown) {
            assertThat(wrong("""
                            meshspan.login.providers.idp:
                              issuer: https://idp.example.org
                              client-id: meshspan
                              %s
                            """.formatted(setting))).as(setting).isEmpty();
        }
    }

    @Test
    void shouldSeeAWrongKey() throws IOException {
        assertThat(wrong("meshspan.login.provider.corp.issuer: https://idp.example.org\n"))
                .extracting(WrongSetting::key)
                .containsExactly("meshspan.login.provider.corp.issuer");
    }

    private static List<WrongSetting> wrong(String yaml) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        Map<String, Object> secrets = new HashMap<>(PLACEHOLDER
                .matcher(yaml)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .collect(Collectors.toMap(name -> name, name -> SECRET)));
        secrets.put("meshspan.trust.keystore-password", SECRET);
        environment.getPropertySources().addFirst(new MapPropertySource("secrets", secrets));
        String filled = yaml.replace("password: \"...\"", "password: \"" + SECRET + "\"");
        new YamlPropertySourceLoader()
                .load("page", new ByteArrayResource(filled.getBytes(StandardCharsets.UTF_8)))
                .forEach(environment.getPropertySources()::addFirst);
        return StartupCheck.wrong(environment);
    }
}

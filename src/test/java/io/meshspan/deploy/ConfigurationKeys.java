package io.meshspan.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every key of the configuration as an environment variable: Meshspan's own by the table of docs/settings.md, Spring's by its metadata. */
final class ConfigurationKeys {

    private static final Pattern KEY = Pattern.compile("`([a-z.][a-zA-Z0-9.\\[\\]-]*)`");

    private ConfigurationKeys() {}

    static Set<String> asEnvironmentVariables() throws IOException {
        Set<String> all = new HashSet<>();
        Files.readAllLines(Path.of("docs", "settings.md")).stream()
                .filter(line -> line.startsWith("| `meshspan."))
                .flatMap(ConfigurationKeys::documented)
                .forEach(key -> all.add(variable(key)));
        for (URL metadata : Collections.list(
                ConfigurationKeys.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                new ObjectMapper()
                        .readTree(in)
                        .path("properties")
                        .forEach(property ->
                                all.add(variable(property.path("name").asText())));
            }
        }
        return all;
    }

    /** A row may name several keys; one that begins with a dot goes on where the first one ends. */
    private static Stream<String> documented(String row) {
        String cell = row.substring(0, row.indexOf('|', 1));
        var names = KEY.matcher(cell).results().map(found -> found.group(1)).toList();
        String parent = names.get(0).substring(0, names.get(0).lastIndexOf('.'));
        return names.stream().map(name -> name.startsWith(".") ? parent + name : name);
    }

    private static String variable(String key) {
        return key.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}

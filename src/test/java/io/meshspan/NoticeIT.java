package io.meshspan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** NOTICE names every library that the jar bundles, with its licences, as the SBOM of the build has them. */
class NoticeIT {

    private static final Path NOTICE = Path.of("NOTICE");
    private static final Path SBOM = Path.of("target/classes/META-INF/sbom/application.cdx.json");
    private static final String TITLE = "Libraries in the jar, with their licences:\n\n";

    /** With {@code -Dmeshspan.notice=write} the list is written anew; docs/testing.md has the command. */
    @Test
    void shouldNameEveryLibraryWithItsLicences() throws IOException {
        String expected = String.join("\n", libraries()) + "\n";
        String[] parts = Files.readString(NOTICE).split(TITLE, 2);
        if ("write".equals(System.getProperty("meshspan.notice"))) {
            Files.writeString(NOTICE, parts[0] + TITLE + expected);
            return;
        }

        assertThat(libraries()).hasSizeGreaterThan(100);
        assertThat(parts[1]).isEqualTo(expected);
    }

    /** Those that must not be shipped with this licence, or only with their sources. */
    @Test
    void shouldBundleNothingThatAsksForMoreThanANotice() throws IOException {
        assertThat(libraries())
                .filteredOn(library -> library.matches(".*\\((A?GPL-[23][^)]*|SSPL[^)]*|BUSL[^)]*)\\)"))
                .allMatch(library -> library.contains("classpath-exception"));
    }

    private static List<String> libraries() throws IOException {
        JsonNode sbom = new ObjectMapper().readTree(SBOM.toFile());
        return elements(sbom.path("components"))
                .map(library -> "- %s:%s (%s)"
                        .formatted(
                                library.path("group").asText(),
                                library.path("name").asText(),
                                String.join(", ", licences(library))))
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    private static Set<String> licences(JsonNode library) {
        return elements(library.path("licenses"))
                .map(licence -> Stream.of("/expression", "/license/id", "/license/name")
                        .map(at -> licence.at(at).asText())
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .orElse("no licence named"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}

package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
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

/** Other tools read the description of the interface, too. */
class OpenApiTest {

    @Test
    void shouldBeReadByAValidatorWithoutAComplaint() throws IOException {
        SwaggerParseResult read = parsed(OpenApi.text());

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSizeGreaterThan(10);
        assertThat(read.getOpenAPI().getComponents().getSchemas()).containsKeys("Problem", "Change", "ChangeRequest");
    }

    /** The validator finds what this file was once broken by, and what a reference could be broken by. */
    @Test
    void shouldHearOfAFileThatIsBroken() throws IOException {
        String comma = OpenApi.text().replace("description: the earliest start,", "description: the, earliest start,");
        String reference = OpenApi.text().replace("#/components/schemas/Started", "#/components/schemas/Nothing");

        assertThat(List.of(comma, reference))
                .allSatisfy(broken -> assertThat(complaints(broken)).isNotEmpty());
    }

    /** Who writes a pipeline from the description alone finds each process that can be started, and each field of its form. */
    @Test
    void shouldDescribeEveryProcessAndEveryFieldOfItsForm() throws IOException {
        JsonNode schemas = new YAMLMapper().readTree(OpenApi.text()).at("/components/schemas");
        Set<String> processes = texts(schemas.at("/ChangeRequest/properties/process/enum"));
        Set<String> fields = names(schemas.at("/ChangeRequest/properties"));

        assertThat(processes).isEqualTo(startable());
        for (String process : processes) {
            assertThat(fields).as("the fields of " + process).containsAll(keys(process));
        }
    }

    @Test
    void shouldDescribeEveryFieldOfADecision() throws IOException {
        JsonNode schemas = new YAMLMapper().readTree(OpenApi.text()).at("/components/schemas");
        Set<String> decision = names(schemas.at("/Decision/properties"));
        Set<String> approval = names(schemas.at("/Approval/properties"));

        for (Path form : files("forms", ".form")) {
            Set<String> keys = keys(form.getFileName().toString().replace(".form", ""));
            if (keys.contains("decision")) {
                assertThat(decision).as(form.toString()).containsAll(keys);
            }
            if (keys.contains("approved")) {
                assertThat(approval).as(form.toString()).containsAll(keys);
            }
        }
    }

    private static Set<String> startable() throws IOException {
        Set<String> all = new TreeSet<>();
        for (Path diagram : files("processes", ".bpmn")) {
            String text = Files.readString(diagram);
            if (!text.contains("isStartableInTasklist=\"false\"")) {
                all.add(diagram.getFileName().toString().replace(".bpmn", ""));
            }
        }
        return all;
    }

    private static List<Path> files(String folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(Path.of(folder))) {
            return all.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private static Set<String> keys(String form) throws IOException {
        return Set.copyOf(new ObjectMapper()
                .readTree(Path.of("forms", form + ".form").toFile())
                .findValuesAsText("key"));
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> all = new TreeSet<>();
        object.fieldNames().forEachRemaining(all::add);
        return all;
    }

    private static List<String> complaints(String text) {
        return parsed(text).getMessages();
    }

    private static SwaggerParseResult parsed(String text) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        return new OpenAPIV3Parser().readContents(text, null, options);
    }
}

package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/** The description of the interface, and whether requests and answers are as it says. */
final class OpenApi {

    private static final String IRI = "https://meshspan.io/openapi";
    private static final String DEFAULT = "default";

    private final ObjectMapper json = new ObjectMapper();
    private final JsonNode document;
    private final JsonSchemaFactory schemas;
    private final Set<String> seen = new TreeSet<>();

    OpenApi() throws IOException {
        this.document = new YAMLMapper().readTree(text());
        String all = json.writeValueAsString(document);
        this.schemas = JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4))
                .metaSchema(OpenApi30.getInstance())
                .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                .schemaLoaders(loaders -> loaders.schemas(Map.of(IRI, all)))
                .build();
    }

    static String text() throws IOException {
        try (InputStream file = new ClassPathResource("openapi.yaml").getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Every operation with every status that is described by its number. */
    Set<String> described() {
        Set<String> all = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> operation.getValue().has("responses"))
                        .forEach(operation -> operation
                                .getValue()
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(status -> all.add(told(operation.getKey(), path.getKey(), status)))));
        all.removeIf(one -> one.endsWith(DEFAULT));
        return all;
    }

    /** Those that {@link #differences} was asked about. */
    Set<String> seen() {
        return seen;
    }

    /** What is not as described. */
    List<String> differences(String method, String address, int status, String type, String body) throws IOException {
        String path = template(address);
        JsonNode operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        String key = operation.path("responses").has(String.valueOf(status)) ? String.valueOf(status) : DEFAULT;
        seen.add(told(method, path, key));
        String at = "#/paths/%s/%s/responses/%s".formatted(escaped(path), method.toLowerCase(Locale.ROOT), key);
        JsonNode answer = operation.path("responses").path(key);
        if (answer.has("$ref")) {
            at = answer.path("$ref").asText();
            answer = document.at(at.substring(1));
        }
        if (answer.isMissingNode()) {
            return List.of("%s %s: no answer %d is described".formatted(method, path, status));
        }
        if (!answer.has("content")) {
            return body.isEmpty() ? List.of() : List.of("a body that is not described: " + body);
        }
        String described = answer.path("content").fieldNames().next();
        if (!type.startsWith(described)) {
            return List.of("%s in place of %s".formatted(type, described));
        }
        JsonNode content = described.endsWith("json") ? json.readTree(body) : TextNode.valueOf(body);
        return violations(at + "/content/" + escaped(described) + "/schema", content);
    }

    /** What is not as described in the body of a request. */
    List<String> violations(String schema, JsonNode content) {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        List<String> all = new ArrayList<>();
        schemas.getSchema(SchemaLocation.of(IRI + schema), config)
                .validate(content)
                .forEach(violation -> all.add(violation.getMessage()));
        return all;
    }

    private String template(String address) {
        String path = address.replaceAll("\\?.*", "");
        List<String> all = new ArrayList<>();
        document.path("paths").fieldNames().forEachRemaining(all::add);
        return all.stream()
                .filter(one -> Pattern.matches(one.replaceAll("\\{\\w+}", "[^/]+"), path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is described at " + path));
    }

    private static String told(String method, String path, String status) {
        return "%s %s %s".formatted(method.toUpperCase(Locale.ROOT), path, status);
    }

    private static String escaped(String part) {
        return part.replace("~", "~0").replace("/", "~1");
    }
}

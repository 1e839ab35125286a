package io.meshspan.difference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Optional;

/** Text that contains YAML or JSON, as Istio's settings in ConfigMaps: compared field by field, not by its characters. */
public final class StructuredText {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private StructuredText() {}

    /** The fields that differ between two such texts; empty if one of them is plain text, or if their fields are equal. */
    public static List<FieldChange> changes(String before, String after) {
        return parse(before)
                .flatMap(old -> parse(after).map(next -> Difference.between(old, next)))
                .orElse(List.of());
    }

    /** JSON on one line becomes YAML on several lines; any other text is unchanged. */
    public static String readable(String text) {
        String start = text.stripLeading();
        boolean json = start.startsWith("{") || start.startsWith("[");
        return json ? parse(text).map(StructuredText::yaml).orElse(text) : text;
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(YAML.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String yaml(JsonNode tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that was read could not be written", e);
        }
    }
}

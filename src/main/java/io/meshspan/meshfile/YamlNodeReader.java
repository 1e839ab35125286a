package io.meshspan.meshfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.PlainScalar;
import io.meshspan.meshfile.YamlNode.Field;
import io.meshspan.meshfile.YamlNode.Flag;
import io.meshspan.meshfile.YamlNode.Mapping;
import io.meshspan.meshfile.YamlNode.Other;
import io.meshspan.meshfile.YamlNode.Sequence;
import io.meshspan.meshfile.YamlNode.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tokens into nodes, and reports what a mesh file must not use: repeated names, aliases, tags. */
final class YamlNodeReader {

    private final String file;
    /** The text as the parser counts it: its offsets are code points. */
    private final int[] characters;

    private final JsonParser parser;
    private final List<Finding> findings;

    YamlNodeReader(String file, String text, JsonParser parser, List<Finding> findings) {
        this.file = file;
        this.characters = text.codePoints().toArray();
        this.parser = parser;
        this.findings = findings;
    }

    /** The value at the parser's current position. */
    YamlNode read() throws IOException {
        SourcePosition sourcePosition = place();
        checkPlain(sourcePosition);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(sourcePosition);
            case START_ARRAY -> sequence(sourcePosition);
            case VALUE_TRUE, VALUE_FALSE -> new Flag(parser.getBooleanValue(), sourcePosition);
            case VALUE_NULL -> new Other("nothing", null, sourcePosition);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new Other(InputRules.number(parser.getText()), parser.getNumberValue(), sourcePosition);
            default -> new Text(parser.getText(), plain(), sourcePosition);
        };
    }

    private Mapping mapping(SourcePosition sourcePosition) throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            SourcePosition key = place();
            checkPlain(key);
            String name = plain() ? PlainScalar.key(parser.currentName()) : parser.currentName();
            parser.nextToken();
            if (fields.put(name, new Field(key, read())) != null) {
                findings.add(key.wrong(InputRules.name(name), "each field once", "it again", "Leave one of them out."));
            }
        }
        return new Mapping(fields, sourcePosition);
    }

    private Sequence sequence(SourcePosition sourcePosition) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read());
        }
        return new Sequence(items, sourcePosition);
    }

    /**
     * Refuses aliases, which can make a very large text from a short one, and tags, which ask for types. A mesh needs
     * neither.
     */
    private void checkPlain(SourcePosition sourcePosition) throws IOException {
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || yaml.getTypeId() != null)) {
            findings.add(sourcePosition.wrong(
                    "YAML", "plain values", "an alias or a tag", "Write the value out where it is used."));
        }
    }

    /** The parser does not report the style. The first character does: a quote, or the mark of a text of several lines. */
    private boolean plain() {
        long at = parser.currentTokenLocation().getCharOffset();
        return at >= 0 && at < characters.length && "\"'|>".indexOf(characters[(int) at]) < 0;
    }

    private SourcePosition place() {
        return SourcePosition.of(file, parser.currentTokenLocation());
    }
}

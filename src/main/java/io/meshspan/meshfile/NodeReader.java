package io.meshspan.meshfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.InputRules;
import io.meshspan.meshfile.Node.Field;
import io.meshspan.meshfile.Node.Flag;
import io.meshspan.meshfile.Node.Mapping;
import io.meshspan.meshfile.Node.Other;
import io.meshspan.meshfile.Node.Sequence;
import io.meshspan.meshfile.Node.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tokens into nodes, and finds what a mesh file must not use: names twice, aliases, tags. */
final class NodeReader {

    private final JsonParser parser;
    private final List<Finding> findings;

    NodeReader(JsonParser parser, List<Finding> findings) {
        this.parser = parser;
        this.findings = findings;
    }

    /** The value at which the parser stands. */
    Node read() throws IOException {
        Place place = place();
        checkPlain(place);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(place);
            case START_ARRAY -> sequence(place);
            case VALUE_TRUE, VALUE_FALSE -> new Flag(parser.getBooleanValue(), place);
            case VALUE_NULL -> new Other("nothing", place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Other(InputRules.number(parser.getText()), place);
            default -> new Text(parser.getText(), place);
        };
    }

    private Mapping mapping(Place place) throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place key = place();
            checkPlain(key);
            String name = parser.currentName();
            parser.nextToken();
            if (fields.put(name, new Field(key, read())) != null) {
                findings.add(key.wrong(InputRules.name(name), "each field once", "it again", "Leave one of them out."));
            }
        }
        return new Mapping(fields, place);
    }

    private Sequence sequence(Place place) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read());
        }
        return new Sequence(items, place);
    }

    /** Aliases make a text of any size out of a short one, and tags ask for types; a mesh needs neither. */
    private void checkPlain(Place place) throws IOException {
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || yaml.getTypeId() != null)) {
            findings.add(
                    place.wrong("YAML", "plain values", "an alias or a tag", "Write the value out where it is used."));
        }
    }

    private Place place() {
        return Place.of(parser.currentTokenLocation());
    }
}

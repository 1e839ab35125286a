package io.meshspan.meshfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Characters;
import io.meshspan.meshfile.YamlNode.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The one document of a mesh file, as far as it could be read. */
record Document(Mapping root, List<Finding> findings) {

    /** Fifty clusters take about five thousand characters. */
    static final int LARGEST = 200_000;

    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonFactory JSON = new JsonFactory();
    private static final SourcePosition START = new SourcePosition(1, 1);

    static Document read(String text) {
        if (text.length() > LARGEST) {
            String found = text.length() + " characters";
            return refused(START.wrong(
                    "size", "at most %d characters".formatted(LARGEST), found, "Leave out what is no mesh."));
        }
        Optional<Finding> control = control(text);
        if (control.isPresent()) {
            return refused(control.get());
        }
        try {
            return text.stripLeading().startsWith("{") ? json(text) : document(YAML.createParser(text));
        } catch (JsonProcessingException e) {
            return refused(SyntaxFinding.finding(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before anything parses it: parsers tell neither where such a character stands nor what to do about it. */
    private static Optional<Finding> control(String text) {
        OptionalInt first = Characters.firstRefused(text, 0);
        return first.isEmpty()
                ? Optional.empty()
                : Optional.of(SourcePosition.of(text, first.getAsInt())
                        .wrong(
                                "file",
                                "a text without control characters",
                                Characters.told(text.codePointAt(first.getAsInt())),
                                "Take it out, and any other of them."));
    }

    /** JSON is YAML, but for tabs, which only JSON may be indented with; and YAML too may begin with a brace. */
    private static Document json(String text) throws IOException {
        try {
            return document(JSON.createParser(text));
        } catch (JsonProcessingException e) {
            return document(YAML.createParser(text));
        }
    }

    private static Document document(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            return refused(START.wrong("file", "a mesh", "nothing", "Say which mesh is wanted."));
        }
        List<Finding> findings = new ArrayList<>();
        YamlNode root = new YamlNodeReader(parser, findings).read();
        if (parser.nextToken() != null) {
            SourcePosition next = SourcePosition.of(parser.currentTokenLocation());
            findings.add(next.wrong("file", "one document", "another one", "Give each mesh a file of its own."));
        }
        if (root instanceof Mapping mapping) {
            return new Document(mapping, findings);
        }
        findings.add(root.place().wrong("file", "the fields of a mesh", root.told(), "Begin with meshId: mesh1."));
        return new Document(nothing(), findings);
    }

    private static Document refused(Finding finding) {
        return new Document(nothing(), List.of(finding));
    }

    private static Mapping nothing() {
        return new Mapping(Map.of(), START);
    }
}

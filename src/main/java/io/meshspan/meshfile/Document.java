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

/** The only document of a file, as far as it could be read. */
record Document(Mapping root, List<Finding> findings) {

    /** Fifty clusters take about five thousand characters. */
    static final int LARGEST = 200_000;

    private static final YAMLFactory YAML = new YAMLFactory();
    private static final JsonFactory JSON = new JsonFactory();

    /** @param file the file's name in findings */
    static Document read(String file, String text) {
        return new Reading(file, text).document();
    }

    private record Reading(String file, String text) {

        private SourcePosition start() {
            return new SourcePosition(file, 1, 1);
        }

        Document document() {
            if (text.length() > LARGEST) {
                String found = text.length() + " characters";
                return refused(start().wrong(
                                "size",
                                "at most %d characters".formatted(LARGEST),
                                found,
                                "Leave out what is no mesh."));
            }
            Optional<Finding> control = control();
            if (control.isPresent()) {
                return refused(control.get());
            }
            try {
                return text.stripLeading().startsWith("{") ? json() : document(YAML.createParser(text));
            } catch (JsonProcessingException e) {
                return refused(SyntaxFinding.finding(file, e));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Checks before the parser runs: parsers do not say where such a character is or what to do about it. */
        private Optional<Finding> control() {
            OptionalInt first = Characters.firstRefused(text, 0);
            return first.isEmpty()
                    ? Optional.empty()
                    : Optional.of(SourcePosition.of(file, text, first.getAsInt())
                            .wrong(
                                    "file",
                                    "a text without control characters",
                                    Characters.told(text.codePointAt(first.getAsInt())),
                                    "Take it out, and any other of them."));
        }

        /** JSON is also YAML, except that only JSON may be indented with tabs. YAML may also begin with a brace. */
        private Document json() throws IOException {
            try {
                return document(JSON.createParser(text));
            } catch (JsonProcessingException e) {
                return document(YAML.createParser(text));
            }
        }

        private Document document(JsonParser parser) throws IOException {
            if (parser.nextToken() == null) {
                return refused(start().wrong("file", "fields", "nothing", "Say what is wanted."));
            }
            List<Finding> findings = new ArrayList<>();
            YamlNode root = new YamlNodeReader(file, text, parser, findings).read();
            if (parser.nextToken() != null) {
                SourcePosition next = SourcePosition.of(file, parser.currentTokenLocation());
                findings.add(
                        next.wrong("file", "one document", "another one", "Put each document into a separate file."));
            }
            if (root instanceof Mapping mapping) {
                return new Document(mapping, findings);
            }
            findings.add(root.place()
                    .wrong("file", "fields", root.told(), "Begin with a field, such as meshId: mesh1 in a mesh file."));
            return new Document(nothing(), findings);
        }

        private Document refused(Finding finding) {
            return new Document(nothing(), List.of(finding));
        }

        private Mapping nothing() {
            return new Mapping(Map.of(), start());
        }
    }
}

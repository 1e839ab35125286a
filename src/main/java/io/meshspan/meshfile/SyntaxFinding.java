package io.meshspan.meshfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meshspan.finding.Finding;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says what the parser could not read, in words for the author of the file. */
final class SyntaxFinding {

    /** Keyed by a part of the parser's message; other messages get a general text. */
    private static final Map<String, String> PROBLEMS = problems();

    private SyntaxFinding() {}

    static Finding finding(String file, JsonProcessingException e) {
        SourcePosition sourcePosition =
                e.getLocation() == null ? new SourcePosition(file, 1, 1) : SourcePosition.of(file, e.getLocation());
        return sourcePosition.wrong("YAML", "YAML or JSON", problem(e), "Correct it there, or just before it.");
    }

    private static String problem(JsonProcessingException e) {
        String told = e.getCause() instanceof MarkedYAMLException yaml
                ? String.valueOf(yaml.getProblem())
                : String.valueOf(e.getOriginalMessage());
        return PROBLEMS.entrySet().stream()
                .filter(known -> told.toLowerCase(Locale.ROOT).contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("something that is neither");
    }

    private static Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        problems.put("mapping values are not allowed", "a colon where no field can begin");
        problems.put("',' or ']'", "a list that is not closed with ]");
        problems.put("',' or '}'", "fields that are not closed with }");
        problems.put("(tab)", "a tab where only spaces may stand");
        problems.put("unexpected end of stream", "a text in quotes that does not end");
        problems.put("could not find expected ':'", "a field without a colon");
        problems.put("expected <block end>", "a line that is indented in another way than those before it");
        problems.put("escape", "a backslash in quotes before a character that needs none");
        problems.put("sequence entries are not allowed", "an item of a list where none can stand");
        problems.put("nesting depth", "values that are nested too deeply");
        problems.put("cannot start any token", "a character with which no value can begin");
        problems.put("number", "a number that is too long");
        return problems;
    }
}

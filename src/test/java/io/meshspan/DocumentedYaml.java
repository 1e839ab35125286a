package io.meshspan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A block of YAML that a page shows, fenced or indented: people copy it. */
public record DocumentedYaml(Path page, int line, String text) {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String INDENT = "    ";

    /** All blocks of the pages for people who install or use Meshspan that consist of keys that the predicate takes. */
    public static List<DocumentedYaml> whereAllKeys(Predicate<String> key) throws IOException {
        List<DocumentedYaml> found = new ArrayList<>();
        for (Path page : pages()) {
            blocks(page).stream().filter(block -> block.hasOnly(key)).forEach(found::add);
        }
        return found;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("deploy", "README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<DocumentedYaml> blocks(Path page) throws IOException {
        List<DocumentedYaml> blocks = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean fenced = false;
        int line = 0;
        for (String each : Files.readAllLines(page)) {
            line++;
            boolean fence = each.startsWith("```");
            boolean inside = fenced ? !fence : each.startsWith(INDENT);
            if (inside) {
                text.append(fenced ? each : each.substring(INDENT.length())).append('\n');
            } else if (!text.isEmpty()) {
                blocks.add(new DocumentedYaml(page, line, text.toString()));
                text.setLength(0);
            }
            fenced ^= fence;
        }
        if (!text.isEmpty()) {
            blocks.add(new DocumentedYaml(page, line, text.toString()));
        }
        return blocks;
    }

    private boolean hasOnly(Predicate<String> key) {
        Iterator<String> keys = tree().fieldNames();
        boolean any = keys.hasNext();
        while (keys.hasNext()) {
            if (!key.test(keys.next())) {
                return false;
            }
        }
        return any;
    }

    /** Missing if it is no YAML. */
    public JsonNode tree() {
        try {
            JsonNode tree = YAML.readTree(text);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public String toString() {
        return "%s, before line %d".formatted(page, line);
    }
}

package io.meshspan.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A request as Markdown. Text that somebody typed stays text, and never looks like a part of the form. */
final class RequestMarkdown {

    private static final int LONGEST = 100;

    /** Characters with a meaning in Markdown, and the dot of a name like www.example.org, which becomes a link. */
    private static final Pattern MARKUP = Pattern.compile("[\\p{Punct}&&[^.,;()'%+?/-]]|(?<=\\p{L})\\.(?=\\p{L})");

    private static final Pattern TICKS = Pattern.compile("`+");

    private RequestMarkdown() {}

    static String of(ShownRequest request) {
        List<String> parts = new ArrayList<>();
        parts.add("| What was asked for | Value |\n|---|---|\n"
                + request.facts().stream()
                        .map(fact -> "| **%s** | %s |".formatted(fact.name(), text(fact.value())))
                        .collect(Collectors.joining("\n")));
        parts.add("**Clusters of the mesh**");
        parts.add(members(request));
        String file = request.meshFile();
        if (file != null) {
            parts.add(file(file.strip()));
        }
        return String.join("\n\n", parts);
    }

    private static String members(ShownRequest request) {
        List<List<String>> table = request.rows();
        List<String> rows = table.stream()
                .map(row -> row.stream().map(RequestMarkdown::text).collect(Collectors.joining(" | ", "| ", " |")))
                .collect(Collectors.toCollection(ArrayList::new));
        rows.add(1, "|---".repeat(table.get(0).size()) + "|");
        return String.join("\n", rows);
    }

    private static String file(String file) {
        List<String> lines = file.lines().toList();
        String fence = "`".repeat(longestTicks(file) + 1);
        String rest = lines.size() > LONGEST
                ? "\n\nThese are %d of %d lines; the page of the change has them all.".formatted(LONGEST, lines.size())
                : "";
        return "**Mesh file**\n\n%syaml\n%s\n%s%s"
                .formatted(fence, lines.stream().limit(LONGEST).collect(Collectors.joining("\n")), fence, rest);
    }

    /** Longer than any fence in the file, so that nothing in the file ends the block. */
    private static int longestTicks(String file) {
        return TICKS.matcher(file)
                .results()
                .mapToInt(found -> found.group().length())
                .reduce(2, Math::max);
    }

    private static String text(String value) {
        return MARKUP.matcher(value.replaceAll("\\s+", " ").strip()).replaceAll("\\\\$0");
    }
}

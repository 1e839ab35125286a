package io.meshspan.crash;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of a kill at each moment of each step. */
final class Matrix {

    private final String title;
    private final Map<String, Map<Moment, String>> rows = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Matrix(String title) {
        this.title = title;
    }

    void put(KillPoint point, Moment moment, List<String> differences) {
        rows.computeIfAbsent(point.step(), step -> new EnumMap<>(Moment.class))
                .put(moment, differences.isEmpty() ? "same" : differences.size() + " differ");
        differences.forEach(difference ->
                problems.add("%s, %s: %s".formatted(point.step(), moment.name().toLowerCase(Locale.ROOT), difference)));
    }

    List<String> problems() {
        return problems;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder("\n" + title + "\n");
        line(text, "killed", List.of("before", "inside", "after", "committed", "going on"));
        rows.forEach((step, cells) -> line(
                text,
                step,
                List.of(Moment.values()).stream()
                        .map(moment -> cells.getOrDefault(moment, "-"))
                        .toList()));
        problems.forEach(problem -> text.append("  ").append(problem).append('\n'));
        return text.toString();
    }

    private static void line(StringBuilder text, String step, List<String> cells) {
        text.append("%-58s".formatted(step));
        cells.forEach(cell -> text.append("%-11s".formatted(cell)));
        text.append('\n');
    }
}

package io.meshspan.web.drawing;

import io.meshspan.verification.CallLatency;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.ClusterPair;
import io.meshspan.verification.VerificationRun.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The history of verifications as SVG: one column for each run, the oldest on the left; one row for the results, and one for
 * each pair of clusters with the median of its calls. All rows have one scale. Results differ by shape, not only by colour.
 */
public final class VerificationChart {

    private static final int WIDTH = 900;
    private static final int LEFT = 230;
    private static final int RIGHT = 680;
    private static final int TOP = 40;
    private static final int ROW = 38;
    private static final int LINE = 26;

    /** More rows would be no small chart. */
    private static final int MOST_PAIRS = 12;

    private static final int LONGEST_NAME = 30;

    private final List<VerificationRun> runs;
    private final List<String> names;
    private final List<Map<String, ClusterPair>> pairs;
    private final int hidden;
    private final double top;

    private VerificationChart(List<VerificationRun> newestFirst) {
        this.runs = new ArrayList<>(newestFirst);
        this.runs.sort(Comparator.comparingLong(VerificationRun::id));
        this.pairs = runs.stream().map(VerificationChart::byName).toList();
        List<String> all = pairs.stream()
                .flatMap(each -> each.keySet().stream())
                .distinct()
                .toList();
        this.names = all.stream()
                .sorted(Comparator.comparing(this::concern).reversed().thenComparing(name -> name))
                .limit(MOST_PAIRS)
                .sorted()
                .toList();
        this.hidden = all.size() - names.size();
        this.top = scale(pairs.stream()
                .flatMap(each -> names.stream().flatMap(name -> median(each, name).stream()))
                .max(Comparator.naturalOrder())
                .orElse(1.0));
    }

    /** @param newestFirst with their pairs */
    public static String of(List<VerificationRun> newestFirst) {
        return new VerificationChart(newestFirst).svg();
    }

    /** The calls across clusters; those within one are in the tables. */
    private static Map<String, ClusterPair> byName(VerificationRun run) {
        return run.pairs().stream()
                .filter(pair -> !pair.source().equals(pair.target()))
                .collect(Collectors.toMap(
                        pair -> pair.source() + " to " + pair.target(), pair -> pair, (a, b) -> a, LinkedHashMap::new));
    }

    /** Which pairs to show if there are too many: those that failed last, then the slowest. */
    private double concern(String name) {
        for (int run = runs.size() - 1; run >= 0; run--) {
            ClusterPair pair = pairs.get(run).get(name);
            if (pair != null) {
                return pair.succeeded() ? median(pairs.get(run), name).orElse(0.0) : Double.MAX_VALUE;
            }
        }
        return 0;
    }

    private static Optional<Double> median(Map<String, ClusterPair> run, String name) {
        return Optional.ofNullable(run.get(name)).map(ClusterPair::latency).map(CallLatency::medianMillis);
    }

    /** The next round number, so that the scale does not change with each run. */
    private static double scale(double most) {
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(most, 0.1))));
        return Stream.of(1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
                .map(factor -> factor * step)
                .filter(limit -> limit >= most)
                .findFirst()
                .orElse(most);
    }

    private String svg() {
        int height = TOP + ROW * (names.size() + 1) + 30 + (hidden > 0 ? 20 : 0);
        return Stream.of(
                        Stream.of(
                                Svg.head(WIDTH, height, label()),
                                """
                                <style>
                                .run-passed { fill: #0f5b2a; } .run-failed { fill: none; stroke: #8f1d1d; stroke-width: 2.4; }
                                .run-skipped { stroke: #555; stroke-width: 2; } .run-times { fill: none; stroke: #14508c; stroke-width: 1.6; }
                                .run-time { fill: #14508c; } .run-base { stroke: #c3ccd6; } .run-right { text-anchor: end; }
                                </style>""",
                                text(LEFT, 20, "small", day(0)),
                                text(RIGHT, 20, "small run-right", runs.size() > 1 ? day(runs.size() - 1) : ""),
                                text(12, TOP + LINE, "name", "Result")),
                        IntStream.range(0, runs.size()).mapToObj(this::result),
                        Stream.of(text(RIGHT + 14, TOP + LINE, "small", counts())),
                        IntStream.range(0, names.size()).boxed().flatMap(this::row),
                        Stream.of(
                                hidden > 0
                                        ? text(
                                                12,
                                                height - 28,
                                                "note",
                                                "%d more pairs, faster than these, are in the table".formatted(hidden))
                                        : "",
                                text(12, height - 8, "note", note()),
                                "</svg>"))
                .flatMap(part -> part)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String note() {
        return names.isEmpty()
                ? "● passed  × failed  – skipped"
                : "● passed  × failed  – skipped; lines: median time of answered calls, each row from 0 to %s"
                        .formatted(millis(top));
    }

    private String result(int run) {
        VerificationRun each = runs.get(run);
        String title =
                "<title>%s: %s</title>".formatted(each.at().truncatedTo(ChronoUnit.SECONDS), word(each.result()));
        return "<g>%s%s</g>".formatted(title, mark(each.result(), x(run), TOP + LINE - 5));
    }

    private static String mark(Result result, int x, int y) {
        return switch (result) {
            case PASSED -> "<circle class=\"run-passed\" cx=\"%d\" cy=\"%d\" r=\"3.4\"/>".formatted(x, y);
            case FAILED -> "<path class=\"run-failed\" d=\"M%d %d l8 8 m0 -8 l-8 8\"/>".formatted(x - 4, y - 4);
            case SKIPPED -> "<path class=\"run-skipped\" d=\"M%d %d h6\"/>".formatted(x - 3, y);
        };
    }

    private Stream<String> row(int index) {
        String name = names.get(index);
        int base = TOP + ROW * (index + 1) + LINE;
        Stream<String> marks = IntStream.range(0, runs.size()).mapToObj(run -> point(run, name, base));
        String newest = IntStream.iterate(runs.size() - 1, run -> run >= 0, run -> run - 1)
                .filter(run -> pairs.get(run).containsKey(name))
                .mapToObj(run -> newest(pairs.get(run), name))
                .findFirst()
                .orElse("");
        return Stream.of(
                        Stream.of(
                                text(12, base, "small", shortened(name)),
                                "<path class=\"run-base\" d=\"M%d %d H%d\"/>".formatted(LEFT, base, RIGHT),
                                lines(name, base)),
                        marks,
                        Stream.of(text(RIGHT + 14, base, "small", newest)))
                .flatMap(part -> part);
    }

    private String newest(Map<String, ClusterPair> run, String name) {
        ClusterPair pair = run.get(name);
        if (pair == null || !pair.succeeded()) {
            return "no answer";
        }
        CallLatency latency = pair.latency();
        return latency == null
                ? "answered, not timed"
                : "%s, slowest %s".formatted(millis(latency.medianMillis()), millis(latency.slowestMillis()));
    }

    /** A run without a time leaves a gap. */
    private String lines(String name, int base) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int run = 0; run < runs.size(); run++) {
            Optional<Double> median = median(pairs.get(run), name);
            if (median.isPresent()) {
                path.append(pen ? "L" : "M").append(x(run)).append(' ').append(y(base, median.get()));
            }
            pen = median.isPresent() || (pen && runs.get(run).result() == Result.SKIPPED);
        }
        return path.isEmpty() ? "" : "<path class=\"run-times\" d=\"" + path + "\"/>";
    }

    private String point(int run, String name, int base) {
        ClusterPair pair = pairs.get(run).get(name);
        if (pair == null) {
            return "";
        }
        String at = runs.get(run).at().truncatedTo(ChronoUnit.SECONDS).toString();
        if (!pair.succeeded()) {
            return "<g><title>%s, %s: no answer</title>%s</g>"
                    .formatted(at, name, mark(Result.FAILED, x(run), base - 8));
        }
        return median(pairs.get(run), name)
                .map(median ->
                        "<g><title>%s, %s: %s</title><circle class=\"run-time\" cx=\"%d\" cy=\"%d\" r=\"2\"/></g>"
                                .formatted(at, name, millis(median), x(run), y(base, median)))
                .orElse("");
    }

    private int x(int run) {
        int space = RIGHT - LEFT - 16;
        return LEFT + 8 + (runs.size() < 2 ? 0 : Math.round((float) space * run / (runs.size() - 1)));
    }

    private int y(int base, double median) {
        return base - (int) Math.round(median / top * LINE);
    }

    private String label() {
        return runs.isEmpty()
                ? "No verification yet"
                : "%s since %s: %s. The tables below have the numbers."
                        .formatted(count(runs.size(), "verification"), day(0), counts());
    }

    private String counts() {
        return Stream.of(Result.values())
                .map(result -> Map.entry(
                        result,
                        runs.stream().filter(run -> run.result() == result).count()))
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getValue() + " " + word(each.getKey()))
                .collect(Collectors.joining(", "));
    }

    private String day(int run) {
        return runs.isEmpty() ? "" : minute(runs.get(run).at());
    }

    private static String minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).toString().replace("T", " ").replace(":00Z", " UTC");
    }

    private static String word(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String millis(double millis) {
        return millis >= 100 ? "%d ms".formatted(Math.round(millis)) : String.format(Locale.ROOT, "%.1f ms", millis);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static String text(int x, int y, String style, String content) {
        return content.isEmpty() ? "" : Svg.text(x, y, style, content);
    }
}

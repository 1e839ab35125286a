package io.meshspan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics of docs/monitoring.md, each with its labels. */
public final class DocumentedMetrics {

    private static final Pattern ROW = Pattern.compile("^\\| (`meshspan_[^|]*)\\|([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("\\bmeshspan_[a-z_]+");
    private static final Pattern SERIES =
            Pattern.compile("^(meshspan_[a-z_]+)(?:\\{(.*)})? [-+0-9.eENa]+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    private static final String BUCKET = "le";

    private final Map<String, Set<String>> labels = new LinkedHashMap<>();

    public DocumentedMetrics() {
        Matcher row = ROW.matcher(read(Path.of("docs/monitoring.md")));
        while (row.find()) {
            Set<String> own = Arrays.stream(row.group(2).split(","))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            names(row.group(1)).forEach(name -> labels.put(name, own));
        }
    }

    /** The labels of a metric or of a part of it, such as {@code ..._count}; a bucket has {@code le} besides. */
    Set<String> labelsOf(String name) {
        Set<String> own =
                new TreeSet<>(labels.getOrDefault(name, labels.getOrDefault(base(name), Set.of("undocumented"))));
        if (name.endsWith("_bucket")) {
            own.add(BUCKET);
        }
        return own;
    }

    /** Each series of a scrape is documented with its labels; returns the names of the metrics, without their parts. */
    public Set<String> check(Collection<String> scrapes) {
        Set<String> found = new TreeSet<>();
        for (String scrape : scrapes) {
            Matcher series = SERIES.matcher(scrape);
            while (series.find()) {
                String given = series.group(2) == null ? "" : series.group(2);
                assertThat(LABEL.matcher(given).results().map(label -> label.group(1)))
                        .as(series.group())
                        .containsExactlyInAnyOrderElementsOf(labelsOf(series.group(1)));
                found.add(base(series.group(1)));
            }
        }
        return found;
    }

    static Set<String> names(String text) {
        return NAME.matcher(text).results().map(name -> name.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    static String base(String name) {
        return name.replaceFirst("_(bucket|count|sum|max)$", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

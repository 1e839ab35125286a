package io.meshspan.drift;

import io.meshspan.drift.DriftedObject.FieldWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Drift as Markdown for the deciding person: by cluster and object, with the writers of each difference. */
public final class DriftText {

    private static final int MOST_FIELDS = 40;

    private DriftText() {}

    public static String of(DriftReport report, int settled) {
        Map<String, List<DriftedObject>> clusters = report.items().stream()
                .collect(Collectors.groupingBy(DriftedObject::cluster, LinkedHashMap::new, Collectors.toList()));
        Stream<String> head = Stream.of(
                "**%s** from version %d of the declared mesh.".formatted(capital(report.summary()), report.version()));
        Stream<String> items = clusters.entrySet().stream()
                .map(cluster -> "### %s\n\n%s"
                        .formatted(
                                cluster.getKey(),
                                cluster.getValue().stream().map(DriftText::item).collect(Collectors.joining("\n"))));
        Stream<String> rest = settled == 0
                ? Stream.empty()
                : Stream.of("Not shown: %d that people accepted, or ignore for now.".formatted(settled));
        Stream<String> gaps = report.gaps().isEmpty()
                ? Stream.empty()
                : Stream.of("### Not checked\n\n"
                        + report.gaps().stream().map(gap -> "- " + plain(gap)).collect(Collectors.joining("\n")));
        return Stream.of(head, items, rest, gaps).flatMap(part -> part).collect(Collectors.joining("\n\n"));
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String item(DriftedObject item) {
        String fields = item.fields().stream()
                .limit(MOST_FIELDS)
                .map(field -> "\n    - %s: found %s, declared %s"
                        .formatted(code(field.path()), code(field.found()), code(field.declared())))
                .collect(Collectors.joining());
        String more = item.fields().size() > MOST_FIELDS
                ? "\n    - and %d more fields".formatted(item.fields().size() - MOST_FIELDS)
                : "";
        String writers = item.writers().isEmpty()
                ? ""
                : "\n    - written by "
                        + item.writers().stream().map(DriftText::writer).collect(Collectors.joining("; "));
        return "- **%s** %s: %s%s%s%s"
                .formatted(word(item.kind()), code(item.object()), plain(item.found()), fields, more, writers);
    }

    private static String word(DriftedObject.Kind kind) {
        return switch (kind) {
            case CHANGED -> "Changed";
            case MISSING -> "Missing";
            case LEFTOVER -> "Left over";
            case FOREIGN_WRITER -> "Written by others";
            case NOT_SYNCED -> "Not in sync";
            case CERTIFICATE_EXPIRES -> "Expires";
        };
    }

    private static String writer(FieldWriter writer) {
        return "%s (%s%s)"
                .formatted(
                        code(writer.manager()),
                        plain(writer.operation()),
                        writer.time().isEmpty() ? "" : ", " + plain(writer.time()));
    }

    /** Escapes texts from a cluster, so that they cannot look like a part of this text. */
    private static String code(String text) {
        String line = text.replaceAll("\\s+", " ").replace('`', '\'').strip();
        return "`" + (line.isEmpty() ? " " : line) + "`";
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
    }
}

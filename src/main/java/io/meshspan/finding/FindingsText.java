package io.meshspan.finding;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings as Markdown, grouped by severity, for the people who decide. */
public final class FindingsText {

    private static final int NAMED = 8;

    private FindingsText() {}

    public static String of(Findings findings) {
        return findings.list().isEmpty() ? "Nothing stands in the way." : sections(findings);
    }

    private static String sections(Findings findings) {
        Map<Severity, List<Finding>> bySeverity = findings.grouped().stream()
                .collect(Collectors.groupingBy(Finding::severity, TreeMap::new, Collectors.toList()));
        return bySeverity.entrySet().stream()
                .map(e -> "**%s: %d**\n\n%s"
                        .formatted(title(e.getKey()), e.getValue().size(), lines(e.getValue())))
                .collect(Collectors.joining("\n\n"));
    }

    private static String title(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String lines(List<Finding> findings) {
        return findings.stream().map(FindingsText::line).collect(Collectors.joining("\n"));
    }

    private static String line(Finding finding) {
        return "- **%s**, %s: expected %s, found %s. %s"
                .formatted(
                        places(finding.where()),
                        plain(finding.what()),
                        plain(finding.expected()),
                        plain(finding.found()),
                        plain(finding.advice()));
    }

    /** Limits the names of clusters: fifty names would hide the finding. */
    private static String places(String where) {
        List<String> all = List.of(where.split(", "));
        return all.size() <= NAMED + 1
                ? plain(where)
                : plain(String.join(", ", all.subList(0, NAMED))) + " and %d more".formatted(all.size() - NAMED);
    }

    /** Escapes text from a cluster, which is not Markdown. */
    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("[\\\\`*_\\[\\]<>#|!]", "\\\\$0");
    }
}

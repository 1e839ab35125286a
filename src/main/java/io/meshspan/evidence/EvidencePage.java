package io.meshspan.evidence;

import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.ShownRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The same content as a printable page; only the JSON file can be verified. */
final class EvidencePage {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Change %1$s of mesh %2$s</title>
            <style>
            body { font: 14px/1.5 sans-serif; color: #222; margin: 2em; }
            table { border-collapse: collapse; width: 100%%; }
            th, td { border: 1px solid #ccc; padding: 4px 8px; text-align: left; vertical-align: top; }
            td { overflow-wrap: anywhere; white-space: pre-wrap; }
            pre { white-space: pre-wrap; }
            code { font-size: 11px; color: #555; }
            </style>
            </head>
            <body>
            <h1>Change of mesh %2$s</h1>
            <table>%3$s</table>
            %7$s
            <h2>Failures, retries and interventions</h2>
            %6$s
            <h2>What happened</h2>
            <table>
            <thead><tr><th>#</th><th>When</th><th>Kind</th><th>Step</th><th>Cluster</th><th>What</th><th>Result</th>\
            <th>Who</th><th>Detail and hash</th></tr></thead>
            <tbody>%4$s</tbody>
            </table>
            <p>This page is for reading. The JSON file of the same change carries the signature of key %5$s, and
            <code>java -jar meshspan.jar verify-evidence FILE</code> finds any changed byte in it.</p>
            </body>
            </html>
            """;

    private static final String ASKED = """
            <h2>What was asked for</h2>
            <table>%s</table>
            <table>
            <thead>%s</thead>
            <tbody>%s</tbody>
            </table>
            %s""";

    private EvidencePage() {}

    static String of(Evidence evidence, Optional<ChangeRequest> asked, String fingerprint) {
        return PAGE.formatted(
                text(evidence.change()),
                text(evidence.mesh()),
                facts(evidence),
                evidence.records().stream().map(EvidencePage::row).collect(Collectors.joining("\n")),
                text(fingerprint),
                interventions(evidence),
                asked.map(ShownRequest::of).map(EvidencePage::asked).orElse(""));
    }

    private static String interventions(Evidence evidence) {
        String rows = evidence.records().stream()
                .filter(r -> r.entry(evidence.change()).record().tellsOfFailureOrIntervention())
                .map(r -> cells(
                        String.valueOf(r.seq()),
                        r.at(),
                        r.step(),
                        Objects.requireNonNullElse(r.cluster(), ""),
                        r.what(),
                        r.result(),
                        Objects.requireNonNullElse(r.actor(), ""),
                        Objects.requireNonNullElse(r.detail(), "")))
                .map("<tr>%s</tr>"::formatted)
                .collect(Collectors.joining("\n"));
        return rows.isEmpty() ? "<p>None.</p>" : """
                <table>
                <thead><tr><th>#</th><th>When</th><th>Step</th><th>Cluster</th><th>What</th><th>Result</th><th>Who</th>\
                <th>Detail</th></tr></thead>
                <tbody>%s</tbody>
                </table>""".formatted(rows);
    }

    private static String asked(ShownRequest asked) {
        String facts = asked.facts().stream()
                .map(fact -> fact(fact.name(), fact.value()))
                .collect(Collectors.joining("\n"));
        List<List<String>> table = asked.rows();
        String members = table.stream().skip(1).map(row -> row("td", row)).collect(Collectors.joining("\n"));
        String file =
                asked.meshFile() == null ? "" : "<h3>Mesh file</h3>\n<pre>%s</pre>".formatted(text(asked.meshFile()));
        return ASKED.formatted(facts, row("th", table.get(0)), members, file);
    }

    private static String row(String tag, List<String> cells) {
        return cells.stream()
                .map(cell -> "<%1$s>%2$s</%1$s>".formatted(tag, text(cell)))
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String facts(Evidence e) {
        return String.join(
                "\n",
                fact("Change", e.change()),
                fact("Process", e.process()),
                fact("Clusters", String.join(", ", e.clusters())),
                fact("Asked for by", e.requester()),
                fact("Because", e.reason()),
                fact("Started", e.started()),
                fact("Ended", Objects.requireNonNullElse(e.ended(), "runs")),
                fact("Outcome", e.outcome()),
                fact("Exported", e.exportedAt() + " by " + e.exportedBy()));
    }

    private static String fact(String name, @Nullable String value) {
        return "<tr><th scope=\"row\">%s</th><td>%s</td></tr>".formatted(name, text(value));
    }

    private static String row(EvidenceRecord r) {
        String cells = cells(
                String.valueOf(r.seq()),
                r.at(),
                r.kind(),
                r.step(),
                Objects.requireNonNullElse(r.cluster(), ""),
                r.what(),
                r.result(),
                Objects.requireNonNullElse(r.actor(), ""));
        return "<tr>%s<td>%s\n<code>%s</code></td></tr>".formatted(cells, text(r.detail()), r.hash());
    }

    private static String cells(String... cells) {
        return Stream.of(cells).map(cell -> "<td>" + text(cell) + "</td>").collect(Collectors.joining());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : HtmlUtils.htmlEscape(value);
    }
}

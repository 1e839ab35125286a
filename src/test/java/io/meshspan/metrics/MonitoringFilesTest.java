package io.meshspan.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.meshspan.notification.OpenNotifications;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules, board and documentation name the metrics that there are, with the labels that they have. {@code AuditIT} compares a
 * real scrape with the documentation.
 */
class MonitoringFilesTest {

    private static final Path FILES = Path.of("deploy/monitoring");
    private static final Pattern SELECTED = Pattern.compile("\\b(meshspan_[a-z_]+)\\{([^}]*)}");
    private static final Pattern MATCHED = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern TOLD = Pattern.compile("(?:\\$labels\\.|\\{\\{)(\\w+)}?}?");

    /** Held by the tests of the classes that make them. */
    private static final Set<String> OTHERS = Set.of(
            "meshspan_api_server_request_duration_seconds_bucket",
            "meshspan_api_server_request_duration_seconds_count",
            "meshspan_notification_attempts_total",
            "meshspan_verification_runs_total");

    private final DocumentedMetrics documented = new DocumentedMetrics();

    @Test
    void shouldNameNoMetricThatThereIsNot() throws IOException {
        Set<String> known = known();

        assertThat(expressions(rules()))
                .hasSizeGreaterThan(8)
                .allMatch(expression -> known.containsAll(DocumentedMetrics.names(expression)));
        assertThat(expressions(board()))
                .hasSizeGreaterThan(20)
                .allMatch(expression -> known.containsAll(DocumentedMetrics.names(expression)));
    }

    @Test
    void shouldSayWhatToDoAboutEachAlertAndWhatEachMetricMeans() throws IOException {
        String told = Files.readString(Path.of("docs/monitoring.md"));

        assertThat(rules().findValuesAsText("alert")).isNotEmpty().allMatch(told::contains);
        assertThat(known().stream().map(DocumentedMetrics::base)).allMatch(told::contains);
    }

    @Test
    void shouldSelectAndAddUpByLabelsThatTheMetricsHave() throws IOException {
        List<String> all = new ArrayList<>(expressions(rules()));
        all.addAll(expressions(board()));

        assertThat(all).hasSizeGreaterThan(30).allSatisfy(this::checkLabels);
    }

    private void checkLabels(String expression) {
        SELECTED.matcher(expression)
                .results()
                .forEach(selected -> assertThat(
                                MATCHED.matcher(selected.group(2)).results().map(label -> label.group(1)))
                        .as(selected.group())
                        .isSubsetOf(documented.labelsOf(selected.group(1))));
        Set<String> labels = DocumentedMetrics.names(expression).stream()
                .flatMap(name -> documented.labelsOf(name).stream())
                .collect(Collectors.toSet());
        assertThat(by(expression)).as(expression).isSubsetOf(labels);
    }

    /** A label that the sum has dropped would be shown as nothing. */
    @Test
    void shouldTellOnlyLabelsThatAreLeft() throws IOException {
        for (JsonNode rule : rules().findParents("alert")) {
            assertThat(told(rule.path("annotations").toString()))
                    .as(rule.path("alert").asText())
                    .isSubsetOf(by(rule.path("expr").asText()));
        }
        for (JsonNode target : board().findParents("expr")) {
            assertThat(told(target.path("legendFormat").asText()))
                    .as(target.path("expr").asText())
                    .isSubsetOf(by(target.path("expr").asText()));
        }
    }

    private static Set<String> by(String expression) {
        return BY.matcher(expression)
                .results()
                .flatMap(labels -> Arrays.stream(labels.group(1).split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    private static Set<String> told(String text) {
        return TOLD.matcher(text).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    /** Where it is on the PATH (docs/testing.md); Grafana's variable stands for a time there. */
    @Test
    void shouldSatisfyPromtool(@TempDir Path folder) throws IOException, InterruptedException {
        assumeThat(promtool("--version")).as("promtool is not on the PATH").isZero();
        YAMLMapper yaml = new YAMLMapper();
        List<Map<String, String>> queries = expressions(board()).stream()
                .map(query -> Map.of("record", "a:b", "expr", query.replace("$__rate_interval", "5m")))
                .distinct()
                .toList();
        yaml.writeValue(folder.resolve("rules.yaml").toFile(), rules().path("spec"));
        yaml.writeValue(
                folder.resolve("board.yaml").toFile(),
                Map.of("groups", List.of(Map.of("name", "board", "rules", queries))));

        assertThat(promtool("check", "rules", folder + "/rules.yaml", folder + "/board.yaml"))
                .isZero();
        Path tests = Path.of("src/test/resources/monitoring/alerts.yaml").toAbsolutePath();
        Files.copy(tests, folder.resolve("alerts.yaml"));
        assertThat(promtool("test", "rules", folder + "/alerts.yaml")).isZero();
    }

    private static int promtool(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException absent) {
            return -1;
        }
    }

    private static Set<String> known() {
        AuditDatabase audit = new AuditDatabase();
        audit.change("c1", "mesh1", "olivia");
        AuditRecord end = new AuditRecord(
                RecordKind.ENDED, "c1", "mesh1", "x", null, null, "change", "Mesh verified", null, null);
        audit.log.write(end);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ChangeMeters meters = new ChangeMeters(registry, audit.changes);
        meters.committed(ChangeMetersTest.records("c1"));
        meters.committed(List.of(end));
        String scrape = registry.scrape();
        assertThat(new DocumentedMetrics().check(List.of(scrape))).hasSizeGreaterThan(5);
        Set<String> known = DocumentedMetrics.names(scrape);
        known.addAll(StateGauges.NAMES);
        known.addAll(OpenNotifications.NAMES);
        known.addAll(OTHERS);
        return known;
    }

    private static List<String> expressions(JsonNode file) {
        return file.findValuesAsText("expr");
    }

    private static JsonNode rules() throws IOException {
        return new YAMLMapper().readTree(FILES.resolve("prometheusrule.yaml").toFile());
    }

    private static JsonNode board() throws IOException {
        return new ObjectMapper().readTree(FILES.resolve("grafana-board.json").toFile());
    }
}

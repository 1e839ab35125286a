package io.meshspan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules, board and documentation name the metrics that there are. Their syntax is promtool's matter (docs/monitoring.md). */
class MonitoringFilesTest {

    private static final Path FILES = Path.of("deploy/monitoring");
    private static final Pattern METRIC = Pattern.compile("\\bmeshspan_[a-z_]+");

    /** Held by the tests of the classes that make them. */
    private static final Set<String> OTHERS = Set.of(
            "meshspan_api_server_request_duration_seconds_bucket",
            "meshspan_api_server_request_duration_seconds_count",
            "meshspan_notification_attempts_total",
            "meshspan_verification_runs_total");

    @Test
    void shouldNameNoMetricThatThereIsNot() throws IOException {
        Set<String> known = known();

        assertThat(expressions(rules()))
                .hasSizeGreaterThan(8)
                .allMatch(expression -> known.containsAll(metrics(expression)));
        assertThat(expressions(board()))
                .hasSizeGreaterThan(20)
                .allMatch(expression -> known.containsAll(metrics(expression)));
    }

    @Test
    void shouldSayWhatToDoAboutEachAlertAndWhatEachMetricMeans() throws IOException {
        String told = Files.readString(Path.of("docs/monitoring.md"));

        assertThat(rules().findValuesAsText("alert")).isNotEmpty().allMatch(told::contains);
        assertThat(known().stream().map(name -> name.replaceFirst("_(bucket|count|sum|max)$", "")))
                .allMatch(told::contains);
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
        Set<String> known = metrics(registry.scrape());
        known.addAll(StateGauges.NAMES);
        known.addAll(OpenNotifications.NAMES);
        known.addAll(OTHERS);
        return known;
    }

    private static Set<String> metrics(String text) {
        Set<String> metrics = new TreeSet<>();
        Matcher found = METRIC.matcher(text);
        while (found.find()) {
            metrics.add(found.group());
        }
        return metrics;
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

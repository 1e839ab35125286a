package io.meshspan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeMetersTest {

    private final AuditDatabase audit = new AuditDatabase();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ChangeMeters meters = new ChangeMeters(registry, audit.changes);

    /** A change in which everything happens that is counted. */
    static List<AuditRecord> records(String change) {
        return List.of(
                record(change, RecordKind.REQUESTED, "Check inputs", "multi-primary", "REQUESTED", null),
                record(change, RecordKind.STEP, "Install control plane", "x", "DONE", step("serviceTask")),
                record(change, RecordKind.STEP, "Installed", "x", "DONE", step("noneEndEvent")),
                record(change, RecordKind.FAILED, "Install control plane", "x", "ATTEMPT_FAILED", null),
                record(change, RecordKind.FAILED, "Wait for istiod", "x", "WAIT_ENDED", null),
                record(change, RecordKind.INCIDENT, "Install control plane", "failedJob", "OPEN", null),
                record(change, RecordKind.INCIDENT, "Install control plane", "failedJob", "RESOLVED", null),
                record(change, RecordKind.DECIDED, "Approve change", "decision", "APPROVED", null),
                record(change, RecordKind.OBJECT, "Install control plane", "Secret x", "CREATED", null));
    }

    private static AuditRecord record(
            String change, RecordKind kind, String step, String what, String result, @Nullable String data) {
        return new AuditRecord(kind, change, "mesh1", step, null, "cluster1", what, result, "words of a step", data);
    }

    private static String step(String kind) {
        return """
                {"process": "install-primary", "kind": "%s", "activityInstance": "Task:1", "callerActivityInstance": "Call:1",
                 "started": "2026-01-01T10:00:00Z", "ended": "2026-01-01T10:00:02.5Z"}""".formatted(kind);
    }

    @Test
    void shouldCountWhatHappensInAChange() {
        // given
        audit.change("c1", "mesh1", "olivia");
        audit.log.write(record("c1", RecordKind.ENDED, "x", "change", "Mesh verified, without cluster2", null));

        // when
        meters.committed(records("c1"));
        meters.committed(
                List.of(record("c1", RecordKind.ENDED, "x", "change", "Mesh verified, without cluster2", null)));

        // then
        assertThat(registry.scrape().lines().filter(line -> !line.startsWith("#")))
                .contains(
                        "meshspan_changes_requested_total{process=\"multi-primary\"} 1.0",
                        "meshspan_change_duration_seconds_count{outcome=\"verified\",process=\"multi-primary\"} 1",
                        "meshspan_step_duration_seconds_sum{kind=\"serviceTask\",process=\"install-primary\",result=\"DONE\",step=\"Install control plane\"} 2.5",
                        "meshspan_step_attempts_failed_total{step=\"Install control plane\"} 1.0",
                        "meshspan_step_failures_total{code=\"WAIT_ENDED\",step=\"Wait for istiod\"} 1.0",
                        "meshspan_incidents_opened_total{step=\"Install control plane\"} 1.0",
                        "meshspan_decisions_total{result=\"APPROVED\",task=\"Approve change\"} 1.0")
                .noneMatch(line -> line.contains("cluster2") || line.contains("Installed") || line.contains("words"));
    }

    @Test
    void shouldTellNothingOfAChangeThatIsNotCommitted() {
        meters.beforeCommit(records("c1"));

        assertThat(registry.scrape()).isEmpty();
    }
}

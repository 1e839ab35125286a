package io.meshspan.process;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.Retention;
import io.meshspan.metrics.DocumentedMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.runtime.Incident;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the records alone tell of a change, whatever becomes of the engine's history. */
class AuditIT {

    private final ProcessFleet processFleet = TestApplication.take();
    private final Changes changes = TestApplication.CONTEXT.getBean(Changes.class);
    private final PrometheusMeterRegistry prometheus = TestApplication.CONTEXT.getBean(PrometheusMeterRegistry.class);

    @Test
    void shouldTellEverythingOfAChangeThatFailedOnceAndWasDecidedOn() {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.second()).deny("patch", "secrets");
        playedChange.approve("carla");
        playedChange.task("Decide how to go on");
        String scrapeWhileItWaits = prometheus.scrape();
        processFleet.cluster(processFleet.second()).allowAll();

        // when
        playedChange.decide("oscar", "Decide how to go on", Map.of("decision", "retry"));
        playedChange.end();

        // then
        ChangeSummary summary = ended(playedChange.id());
        List<ChainedRecord> entries = changes.of(playedChange.id());
        assertThat(summary.outcome()).isEqualTo("Mesh verified");
        assertThat(summary.requester()).isEqualTo("olivia");
        assertThat(summary.clusters()).containsExactly(processFleet.first(), processFleet.second());
        assertThat(summary.seal()).isNotNull();
        assertThat(changes.problems(summary, entries)).isEmpty();
        assertThat(entries.get(0).record().kind()).isEqualTo(RecordKind.REQUESTED);
        assertThat(entries.get(0).record().data()).contains(processFleet.second(), "1.30.3");
        assertThat(told(entries, RecordKind.PLANNED)).singleElement().asString().startsWith("Compute plan: plan ");
        assertThat(told(entries, RecordKind.DECIDED))
                .containsExactly(
                        "Approve change: decision on plan DIGEST APPROVED by carla",
                        "Decide how to go on: decision retry by oscar");
        assertThat(told(entries, RecordKind.FAILED)).anyMatch(text -> text.contains("DENIED"));
        assertThat(told(entries, RecordKind.OBJECT))
                .contains("Configure trust: Secret istio-system/cacerts CREATED by null");
        assertThat(told(entries, RecordKind.CERTIFICATE)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(told(entries, RecordKind.MEASURED))
                .containsExactly("Report verification: mesh " + processFleet.mesh() + " VERIFIED by null");
        assertThat(told(entries, RecordKind.STEP))
                .contains(
                        "Install control plane: Install control plane DONE by null",
                        "Configure trust: Configure trust CANCELLED by null");
        assertThat(told(entries, RecordKind.ENDED)).containsExactly("Mesh verified: change Mesh verified by null");
        checkMetrics(scrapeWhileItWaits, prometheus.scrape());
    }

    private static void checkMetrics(String... scrapes) {
        assertThat(new DocumentedMetrics().check(List.of(scrapes)))
                .contains(
                        "meshspan_changes_requested_total",
                        "meshspan_change_duration_seconds",
                        "meshspan_step_duration_seconds",
                        "meshspan_step_failures_total",
                        "meshspan_decisions_total",
                        "meshspan_api_server_request_duration_seconds",
                        "meshspan_changes_running",
                        "meshspan_tasks_open",
                        "meshspan_task_oldest_age_seconds",
                        "meshspan_incidents_open",
                        "meshspan_lease_held",
                        "meshspan_engine_jobs",
                        "meshspan_nodes",
                        "meshspan_verification_runs_total",
                        "meshspan_notifications_pending");
    }

    @Test
    void shouldTellOfAttemptsAndOfAnIncidentUntilItIsResolved() {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.second()).failNext(call -> true, 1000, 503);
        playedChange.approve("carla");
        Incident incident = playedChange.incident();
        String shown = incident.getIncidentMessage();
        processFleet.cluster(processFleet.second()).allowAll();

        // when
        playedChange.retry("oscar", incident);
        playedChange.end();

        // then
        List<ChainedRecord> entries = changes.of(ended(playedChange.id()).id());
        assertThat(told(entries, RecordKind.FAILED))
                .hasSize(3)
                .allMatch(text -> text.endsWith("attempts left ATTEMPT_FAILED by null"));
        assertThat(told(entries, RecordKind.INCIDENT))
                .hasSize(2)
                .first(as(STRING))
                .endsWith("failedJob OPEN by null");
        assertThat(told(entries, RecordKind.INCIDENT)).last(as(STRING)).endsWith("failedJob RESOLVED by oscar");
        assertThat(shown)
                .containsPattern(processFleet.second() + ", [A-Z]\\w+ \\S+: HTTP 503 ")
                .endsWith("then retry the step.");
        assertThat(details(entries, RecordKind.INCIDENT)).containsOnly(shown);
        assertThat(details(entries, RecordKind.FAILED)).contains(shown);
    }

    /** Of a change that a person decided on, twice: nothing of them is left in any table of ours, but that there was one. */
    @Test
    void shouldLeaveNothingOfPeopleAndPlansWhenRecordsAreForgotten() {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.approve("carla");
        playedChange.end();
        ended(playedChange.id());
        await().until(() -> rows(playedChange.id()).keySet().stream()
                .noneMatch(Set.of("MESHSPAN_LEASE", "MESHSPAN_STEP_IN_FLIGHT")::contains));
        assertThat(rows(playedChange.id())).containsKeys("MESHSPAN_PLAN", "MESHSPAN_AUDIT");
        LocalDateTime longAgo = LocalDateTime.now(ZoneOffset.UTC).minusYears(20);
        database()
                .sql("update MESHSPAN_CHANGE set ENDED_AT = ? where CHANGE_ID = ?")
                .params(longAgo, playedChange.id())
                .update();
        Set<Object> plans = Set.copyOf(database()
                .sql("select ID from MESHSPAN_PLAN where CHANGE_ID = ?")
                .param(playedChange.id())
                .query(Long.class)
                .list());

        // when
        TestApplication.CONTEXT
                .getBean(Retention.class)
                .forgetEndedBefore(Instant.now().minus(Duration.ofDays(3650)));

        // then
        assertThat(rows(playedChange.id()))
                .containsOnlyKeys("MESHSPAN_CHANGE", "MESHSPAN_MESH", "MESHSPAN_VERIFICATION");
        assertThat(String.valueOf(rows(playedChange.id()))).doesNotContain("olivia", "carla", "a test");
        assertThat(tables().stream()
                        .filter(table -> columns(table).contains("PLAN_ID"))
                        .flatMap(table ->
                                database().sql("select PLAN_ID from " + table).query(Object.class).list().stream()))
                .doesNotContainAnyElementsOf(plans);
    }

    @Test
    void shouldHaveTheEngineCleanItsHistoryUpAtNight() {
        assertThat(TestApplication.ENGINE.getHistoryService().findHistoryCleanupJobs())
                .isNotEmpty()
                .allSatisfy(job -> assertThat(
                                LocalDateTime.ofInstant(job.getDuedate().toInstant(), ZoneId.systemDefault())
                                        .getHour())
                        .isBetween(2, 4));
    }

    /** Every row of our tables that names the change. */
    private static Map<String, List<Map<String, Object>>> rows(String playedChange) {
        return tables().stream()
                .filter(table -> columns(table).contains("CHANGE_ID"))
                .map(table -> Map.entry(
                        table,
                        database()
                                .sql("select * from " + table + " where CHANGE_ID = ?")
                                .param(playedChange)
                                .query()
                                .listOfRows()))
                .filter(table -> !table.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> tables() {
        return database()
                .sql("select TABLE_NAME from INFORMATION_SCHEMA.TABLES where TABLE_NAME like 'MESHSPAN%'")
                .query(String.class)
                .list();
    }

    private static List<String> columns(String table) {
        return database()
                .sql("select COLUMN_NAME from INFORMATION_SCHEMA.COLUMNS where TABLE_NAME = ?")
                .param(table)
                .query(String.class)
                .list();
    }

    private static JdbcClient database() {
        return TestApplication.CONTEXT.getBean(JdbcClient.class);
    }

    private ChangeSummary ended(String playedChange) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> changes.find(playedChange).orElseThrow(), summary -> summary.ended() != null);
    }

    private static List<String> details(List<ChainedRecord> entries, RecordKind recordKind) {
        return entries.stream()
                .map(ChainedRecord::record)
                .filter(record -> record.kind() == recordKind)
                .map(record -> String.valueOf(record.detail()))
                .toList();
    }

    private static List<String> told(List<ChainedRecord> entries, RecordKind recordKind) {
        return entries.stream()
                .map(ChainedRecord::record)
                .filter(record -> record.kind() == recordKind)
                .map(record ->
                        "%s: %s %s by %s".formatted(record.step(), record.what(), record.result(), record.actor()))
                .map(text -> text.replaceAll("[0-9a-f]{64}", "DIGEST"))
                .toList();
    }
}

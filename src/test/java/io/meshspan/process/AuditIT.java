package io.meshspan.process;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.Entry;
import io.meshspan.audit.Kind;
import io.meshspan.audit.Retention;
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

    private final Fleet fleet = Application.take();
    private final Changes changes = Application.CONTEXT.getBean(Changes.class);

    @Test
    void shouldTellEverythingOfAChangeThatFailedOnceAndWasDecidedOn() {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.second()).deny("patch", "secrets");
        change.approve("carla");
        change.task("Decide how to go on");
        fleet.cluster(fleet.second()).allowAll();

        // when
        change.decide("oscar", "Decide how to go on", Map.of("decision", "retry"));
        change.end();

        // then
        ChangeSummary summary = ended(change.id());
        List<Entry> entries = changes.of(change.id());
        assertThat(summary.outcome()).isEqualTo("Mesh verified");
        assertThat(summary.requester()).isEqualTo("olivia");
        assertThat(summary.clusters()).containsExactly(fleet.first(), fleet.second());
        assertThat(summary.seal()).isNotNull();
        assertThat(changes.problems(summary, entries)).isEmpty();
        assertThat(entries.get(0).record().kind()).isEqualTo(Kind.REQUESTED);
        assertThat(entries.get(0).record().data()).contains(fleet.second(), "1.30.3");
        assertThat(told(entries, Kind.PLANNED)).singleElement().asString().startsWith("Compute plan: plan ");
        assertThat(told(entries, Kind.DECIDED))
                .containsExactly(
                        "Approve change: decision on plan DIGEST APPROVED by carla",
                        "Decide how to go on: decision on plan DIGEST retry by oscar");
        assertThat(told(entries, Kind.FAILED)).anyMatch(text -> text.contains("DENIED"));
        assertThat(told(entries, Kind.OBJECT)).contains("Configure trust: Secret istio-system/cacerts CREATED by null");
        assertThat(told(entries, Kind.CERTIFICATE)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(told(entries, Kind.MEASURED))
                .containsExactly("Report verification: mesh " + fleet.mesh() + " VERIFIED by null");
        assertThat(told(entries, Kind.STEP))
                .contains(
                        "Install control plane: Install control plane DONE by null",
                        "Configure trust: Configure trust CANCELLED by null");
        assertThat(told(entries, Kind.ENDED)).containsExactly("Mesh verified: change Mesh verified by null");
    }

    @Test
    void shouldTellOfAttemptsAndOfAnIncidentUntilItIsResolved() {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.second()).failNext(call -> true, 1000, 503);
        change.approve("carla");
        Incident incident = change.incident();
        String shown = incident.getIncidentMessage();
        fleet.cluster(fleet.second()).allowAll();

        // when
        change.retry("oscar", incident);
        change.end();

        // then
        List<Entry> entries = changes.of(ended(change.id()).id());
        assertThat(told(entries, Kind.FAILED))
                .hasSize(3)
                .allMatch(text -> text.endsWith("attempts left ATTEMPT_FAILED by null"));
        assertThat(told(entries, Kind.INCIDENT)).hasSize(2).first(as(STRING)).endsWith("failedJob OPEN by null");
        assertThat(told(entries, Kind.INCIDENT)).last(as(STRING)).endsWith("failedJob RESOLVED by oscar");
        assertThat(shown)
                .containsPattern(fleet.second() + ", [A-Z]\\w+ \\S+: HTTP 503 ")
                .endsWith("then retry the step.");
        assertThat(details(entries, Kind.INCIDENT)).containsOnly(shown);
        assertThat(details(entries, Kind.FAILED)).contains(shown);
    }

    /** Of a change that a person decided on, twice: nothing of them is left in any table of ours, but that there was one. */
    @Test
    void shouldLeaveNothingOfPeopleAndPlansWhenRecordsAreForgotten() {
        // given
        Change change = fleet.request();
        change.approve("carla");
        change.end();
        ended(change.id());
        assertThat(rows(change.id())).containsKeys("MESHSPAN_PLAN", "MESHSPAN_AUDIT");
        LocalDateTime longAgo = LocalDateTime.now(ZoneOffset.UTC).minusYears(20);
        database()
                .sql("update MESHSPAN_CHANGE set ENDED_AT = ? where CHANGE_ID = ?")
                .params(longAgo, change.id())
                .update();
        Set<Object> plans = Set.copyOf(database()
                .sql("select ID from MESHSPAN_PLAN where CHANGE_ID = ?")
                .param(change.id())
                .query(Long.class)
                .list());

        // when
        Application.CONTEXT
                .getBean(Retention.class)
                .forgetEndedBefore(Instant.now().minus(Duration.ofDays(3650)));

        // then
        assertThat(rows(change.id())).containsOnlyKeys("MESHSPAN_CHANGE");
        assertThat(String.valueOf(rows(change.id()))).doesNotContain("olivia", "carla", "a test");
        assertThat(tables().stream()
                        .filter(table -> columns(table).contains("PLAN_ID"))
                        .flatMap(table ->
                                database().sql("select PLAN_ID from " + table).query(Object.class).list().stream()))
                .doesNotContainAnyElementsOf(plans);
    }

    @Test
    void shouldHaveTheEngineCleanItsHistoryUpAtNight() {
        assertThat(Application.ENGINE.getHistoryService().findHistoryCleanupJobs())
                .isNotEmpty()
                .allSatisfy(job -> assertThat(
                                LocalDateTime.ofInstant(job.getDuedate().toInstant(), ZoneId.systemDefault())
                                        .getHour())
                        .isBetween(2, 4));
    }

    /** Every row of our tables that names the change. */
    private static Map<String, List<Map<String, Object>>> rows(String change) {
        return tables().stream()
                .filter(table -> columns(table).contains("CHANGE_ID"))
                .map(table -> Map.entry(
                        table,
                        database()
                                .sql("select * from " + table + " where CHANGE_ID = ?")
                                .param(change)
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
        return Application.CONTEXT.getBean(JdbcClient.class);
    }

    private ChangeSummary ended(String change) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> changes.find(change).orElseThrow(), summary -> summary.ended() != null);
    }

    private static List<String> details(List<Entry> entries, Kind kind) {
        return entries.stream()
                .map(Entry::record)
                .filter(record -> record.kind() == kind)
                .map(record -> String.valueOf(record.detail()))
                .toList();
    }

    private static List<String> told(List<Entry> entries, Kind kind) {
        return entries.stream()
                .map(Entry::record)
                .filter(record -> record.kind() == kind)
                .map(record ->
                        "%s: %s %s by %s".formatted(record.step(), record.what(), record.result(), record.actor()))
                .map(text -> text.replaceAll("[0-9a-f]{64}", "DIGEST"))
                .toList();
    }
}

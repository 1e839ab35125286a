package io.meshspan.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.database.SharedPostgres;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.drift.DriftRecords.Settlement;
import io.meshspan.drift.DriftedObject.FieldWriter;
import io.meshspan.drift.DriftedObject.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of drift, on both databases. */
class DriftRecordsTest {

    private static final Instant AT = Instant.parse("2026-03-29T01:30:00.123Z");

    @Test
    void shouldKeepChecksAndDecisionsInH2() {
        shouldKeepChecksAndDecisions(SharedPostgres.h2());
    }

    @Test
    void shouldKeepChecksAndDecisionsInPostgresql() {
        shouldKeepChecksAndDecisions(SharedPostgres.postgresql());
    }

    private static void shouldKeepChecksAndDecisions(DataSource database) {
        // given
        DriftRecords records = new DriftRecords(JdbcClient.create(database));
        DriftedObject gone = item("Service istio-system/istiod");
        DriftedObject settled = item("Deployment istio-system/istiod");
        DriftedObject ignored = item("ConfigMap istio-system/istio");

        // when
        LastCheck first = records.keep(report(AT, gone, settled, ignored), Duration.ofMillis(1234));

        // then
        assertThat(first.open().items()).containsExactly(gone, settled, ignored);
        assertThat(records.find("mesh1")).contains(first);

        // when people decide
        records.settle(List.of(settled.digest(), gone.digest()), settlement(null));
        records.settle(List.of(ignored.digest()), settlement(AT.plusSeconds(60)));
        LastCheck second = records.keep(report(AT.plusSeconds(1), settled, ignored), Duration.ofMillis(1));

        // then
        assertThat(second.open().items()).isEmpty();
        assertThat(second.settled()).isEqualTo(2);
        assertThat(records.settled("mesh1"))
                .as("a decision on what is gone is deleted")
                .extracting(DriftRecords.Settled::item)
                .containsExactlyInAnyOrder(settled.digest(), ignored.digest());

        // when the date has passed, a check fails, and the people are forgotten
        assertThat(records.keep(report(AT.plusSeconds(61), settled, ignored), Duration.ofMillis(1))
                        .open()
                        .items())
                .containsExactly(ignored);
        records.failed("mesh1", 1, AT.plusSeconds(99), Duration.ofMillis(2), "no answer");
        records.forget("change1");

        // then
        assertThat(records.find("mesh1")).hasValueSatisfying(last -> {
            assertThat(last.problem()).isEqualTo("no answer");
            assertThat(last.at()).isEqualTo(AT.plusSeconds(99));
            assertThat(last.open().items()).containsExactly(ignored);
        });
        assertThat(records.settled("mesh1"))
                .allMatch(each ->
                        each.by().person().isEmpty() && each.by().reason().isEmpty());
    }

    private static DriftedObject item(String object) {
        return new DriftedObject(
                Kind.CHANGED,
                "cluster1",
                object,
                "a field differs",
                List.of(),
                List.of(new FieldWriter("kubectl-edit", "Update", "2026-03-29T01:00:00Z")));
    }

    private static DriftReport report(Instant at, DriftedObject... items) {
        return new DriftReport("mesh1", 1, at, List.of(), List.of(items), List.of());
    }

    private static Settlement settlement(@org.jspecify.annotations.Nullable Instant until) {
        return new Settlement("mesh1", until, "change1", "olivia", "a test", AT);
    }
}

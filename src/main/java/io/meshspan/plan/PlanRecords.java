package io.meshspan.plan;

import io.meshspan.audit.KeptWithRecords;
import io.meshspan.database.Utc;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores the plans that people were shown and their decisions, in the transaction of the step. Rows are only added;
 * completing a task or setting a variable cannot change them. They are deleted with the records of their change.
 */
@Component
public final class PlanRecords implements KeptWithRecords {

    private final JdbcClient database;
    private final Clock clock = Clock.systemUTC();

    PlanRecords(JdbcClient database) {
        this.database = database;
    }

    public void keep(PresentedPlan shown, Plan plan) {
        database.sql("insert into MESHSPAN_PLAN (AT, CHANGE_ID, INSTANCE_ID, DIGEST, SUMMARY, MESH, SHOWN, ASKED)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(Utc.of(clock.instant()))
                .param(shown.change())
                .param(shown.instance())
                .param(shown.digest())
                .param(shown.summary())
                .param(PlanJson.write(plan.mesh()))
                .param(shown.text())
                .param(shown.asked())
                .update();
        long id = latest(shown.instance()).orElseThrow();
        plan.clusters().forEach(cluster -> keep(id, cluster));
    }

    private void keep(long id, ClusterPlan plan) {
        database.sql("insert into MESHSPAN_PLAN_CLUSTER (PLAN_ID, CLUSTER_NAME, OBJECTS) values (?, ?, ?)")
                .param(id)
                .param(plan.member().cluster().value())
                .param(PlanJson.write(plan))
                .update();
    }

    private Optional<Long> latest(String instance) {
        return database.sql(
                        "select ID from MESHSPAN_PLAN where INSTANCE_ID = ? order by ID desc fetch first 1 row only")
                .param(instance)
                .query(Long.class)
                .optional();
    }

    /** The plan that this process instance presents. */
    public Optional<PresentedPlan> shownBy(String instance) {
        return shown("INSTANCE_ID", instance);
    }

    /** The plan that this change presented last. */
    public Optional<PresentedPlan> lastOf(String change) {
        return shown("CHANGE_ID", change);
    }

    /** The requests that were shown with this change's plans. */
    public List<String> asked(String change) {
        return database
                .sql("select distinct ASKED from MESHSPAN_PLAN where CHANGE_ID = ? and ASKED is not null")
                .param(change)
                .query(String.class)
                .list()
                .stream()
                .filter(asked -> !asked.isEmpty())
                .toList();
    }

    private Optional<PresentedPlan> shown(String column, String id) {
        return database.sql("select CHANGE_ID, INSTANCE_ID, DIGEST, SUMMARY, SHOWN, ASKED from MESHSPAN_PLAN where "
                        + column + " = ? order by ID desc fetch first 1 row only")
                .param(id)
                .query((row, number) -> new PresentedPlan(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Objects.requireNonNullElse(row.getString(6), "")))
                .optional();
    }

    /** Stores a decision on the plan that this process instance presents. */
    public void decide(String instance, String person, boolean approved) {
        latest(instance)
                .ifPresent(id -> database.sql("insert into MESHSPAN_PLAN_DECISION (PLAN_ID, AT, ACTOR, APPROVED)"
                                + " values (?, ?, ?, ?)")
                        .param(id)
                        .param(Utc.of(clock.instant()))
                        .param(person)
                        .param(approved)
                        .update());
    }

    @Override
    public void forget(String change) {
        for (String table : List.of("MESHSPAN_PLAN_DECISION", "MESHSPAN_PLAN_CLUSTER")) {
            database.sql("delete from " + table
                            + " where PLAN_ID in (select ID from MESHSPAN_PLAN where CHANGE_ID = ?)")
                    .param(change)
                    .update();
        }
        database.sql("delete from MESHSPAN_PLAN where CHANGE_ID = ?")
                .param(change)
                .update();
    }
}

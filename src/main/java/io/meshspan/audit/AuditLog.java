package io.meshspan.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes records in the transaction of the step that they tell of; nothing here ever changes or deletes one. */
@Component
public final class AuditLog {

    private static final int LONGEST_DETAIL = 4000;

    private final JdbcClient database;
    private final Clock clock = Clock.systemUTC();

    AuditLog(JdbcClient database) {
        this.database = database;
    }

    public void write(AuditRecord record) {
        String detail = record.detail();
        database.sql("insert into MESHSPAN_AUDIT (AT, CHANGE_ID, MESH, STEP, ACTOR, CLUSTER_NAME, WHAT, RESULT, DETAIL)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(java.util.Arrays.asList(
                        Timestamp.from(clock.instant()),
                        record.change(),
                        record.mesh(),
                        record.step(),
                        record.actor(),
                        record.cluster(),
                        record.what(),
                        record.result(),
                        detail == null ? null : detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL))))
                .update();
    }

    /** Everything that happened in a change, in order. */
    public List<AuditRecord> of(String change) {
        return database.sql("select CHANGE_ID, MESH, STEP, ACTOR, CLUSTER_NAME, WHAT, RESULT, DETAIL"
                        + " from MESHSPAN_AUDIT where CHANGE_ID = ? order by ID")
                .param(change)
                .query((row, number) -> new AuditRecord(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)))
                .list();
    }
}

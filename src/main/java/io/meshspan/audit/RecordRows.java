package io.meshspan.audit;

import io.meshspan.database.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table of records: rows are only added and read. */
@Component
final class RecordRows {

    private static final String INSERT = "insert into MESHSPAN_AUDIT (CHANGE_ID, SEQ, AT, KIND, MESH, STEP, ACTOR,"
            + " CLUSTER_NAME, WHAT, RESULT, DETAIL, DATA, HASH) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate database;

    RecordRows(JdbcTemplate database) {
        this.database = database;
    }

    void add(List<ChainedRecord> entries) {
        database.batchUpdate(INSERT, entries.stream().map(RecordRows::columns).toList());
    }

    /** The chained records of a change, in order. */
    List<ChainedRecord> of(String change) {
        return database.query(
                "select * from MESHSPAN_AUDIT where CHANGE_ID = ? and SEQ > 0 order by SEQ",
                (row, number) -> entry(row),
                change);
    }

    List<ChainedRecord> of(String change, RecordKind kind) {
        return database.query(
                "select * from MESHSPAN_AUDIT where CHANGE_ID = ? and KIND = ? and SEQ > 0 order by SEQ",
                (row, number) -> entry(row),
                change,
                kind.name());
    }

    boolean wrote(String change) {
        return !database.queryForList(
                        "select SEQ from MESHSPAN_AUDIT where CHANGE_ID = ? and KIND = 'OBJECT'"
                                + " and RESULT not in ('UNCHANGED', 'KEPT') fetch first 1 row only",
                        change)
                .isEmpty();
    }

    boolean wrote(String change, String cluster, String object) {
        return !database.queryForList(
                        "select SEQ from MESHSPAN_AUDIT where CHANGE_ID = ? and KIND = 'OBJECT' and CLUSTER_NAME = ?"
                                + " and WHAT = ? and RESULT not in ('UNCHANGED', 'KEPT')",
                        change,
                        cluster,
                        object)
                .isEmpty();
    }

    private static Object[] columns(ChainedRecord entry) {
        AuditRecord record = entry.record();
        return new Object[] {
            record.change(),
            entry.seq(),
            Utc.of(entry.at()),
            record.kind().name(),
            record.mesh(),
            record.step(),
            record.actor(),
            record.cluster(),
            record.what(),
            record.result(),
            record.detail(),
            record.data(),
            entry.hash()
        };
    }

    private static ChainedRecord entry(ResultSet row) throws SQLException {
        AuditRecord record = new AuditRecord(
                RecordKind.valueOf(row.getString("KIND")),
                row.getString("CHANGE_ID"),
                row.getString("MESH"),
                row.getString("STEP"),
                row.getString("ACTOR"),
                row.getString("CLUSTER_NAME"),
                row.getString("WHAT"),
                row.getString("RESULT"),
                row.getString("DETAIL"),
                row.getString("DATA"));
        return new ChainedRecord(row.getLong("SEQ"), Utc.required(row, "AT"), record, row.getString("HASH"));
    }
}

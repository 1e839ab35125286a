package io.meshspan.audit;

import io.meshspan.database.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of changes. A row is locked while its chain grows, and stores the chain's head. */
@Component
final class ChangeRows {

    private final JdbcClient database;

    ChangeRows(JdbcClient database) {
        this.database = database;
    }

    /** Blocks all other transactions that write to this chain. */
    Optional<ChainHead> lock(String change) {
        return database.sql("select RECORDS, HEAD from MESHSPAN_CHANGE where CHANGE_ID = ? for update")
                .param(change)
                .query((row, number) -> new ChainHead(row.getLong(1), row.getString(2)))
                .optional();
    }

    void open(ChangeRequested changeRequested, Instant at) {
        database.sql("insert into MESHSPAN_CHANGE (CHANGE_ID, MESH, PROCESS, REQUESTER, REASON, CLUSTERS, STARTED_AT,"
                        + " RECORDS, HEAD) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        changeRequested.change(),
                        changeRequested.mesh(),
                        changeRequested.process(),
                        changeRequested.requester(),
                        changeRequested.reason(),
                        " " + String.join(" ", changeRequested.clusters()) + " ",
                        Utc.of(at),
                        ChainHead.NONE.records(),
                        ChainHead.NONE.hash()))
                .update();
    }

    void advance(String change, ChainHead chainHead) {
        database.sql("update MESHSPAN_CHANGE set RECORDS = ?, HEAD = ? where CHANGE_ID = ?")
                .params(chainHead.records(), chainHead.hash(), change)
                .update();
    }

    void end(String change, Instant at, String outcome) {
        database.sql("update MESHSPAN_CHANGE set ENDED_AT = ?, OUTCOME = ? where CHANGE_ID = ?")
                .params(Arrays.asList(Utc.of(at), outcome, change))
                .update();
    }

    /** @param seal null if it has none, or none any more */
    void seal(String change, @Nullable String seal) {
        database.sql("update MESHSPAN_CHANGE set SEAL = ? where CHANGE_ID = ?")
                .params(Arrays.asList(seal, change))
                .update();
    }

    /** Changes that ended without a seal, and whose record says so. A change whose seal somebody removed is not included. */
    List<String> unsealed() {
        return database.sql(
                        "select c.CHANGE_ID from MESHSPAN_CHANGE c where c.ENDED_AT is not null and c.SEAL is null"
                                + " and c.FORGOTTEN_AT is null and exists (select 1 from MESHSPAN_AUDIT a where"
                                + " a.CHANGE_ID = c.CHANGE_ID and a.WHAT = 'seal' and a.RESULT = 'UNSEALED') order by CHANGE_ID")
                .query(String.class)
                .list();
    }

    Optional<ChangeSummary> find(String change) {
        return database.sql(ChangeQuery.SUMMARY + " where c.CHANGE_ID = ?")
                .param(change)
                .query((row, number) -> summary(row))
                .optional();
    }

    List<ChangeSummary> find(Set<String> ids) {
        return database.sql(ChangeQuery.SUMMARY + " where c.CHANGE_ID in (:ids)")
                .param("ids", ids)
                .query((row, number) -> summary(row))
                .list();
    }

    List<ChangeSummary> find(ChangeQuery query) {
        return database.sql(query.sql())
                .params(query.parameters())
                .query((row, number) -> summary(row))
                .list();
    }

    private static ChangeSummary summary(ResultSet row) throws SQLException {
        return new ChangeSummary(
                row.getString("CHANGE_ID"),
                row.getString("MESH"),
                row.getString("PROCESS"),
                row.getString("REQUESTER"),
                row.getString("REASON"),
                names(row.getString("CLUSTERS")),
                Utc.required(row, "STARTED_AT"),
                Utc.optional(row, "ENDED_AT"),
                row.getString("OUTCOME"),
                row.getLong("RECORDS"),
                row.getString("HEAD"),
                row.getString("SEAL"),
                row.getBoolean("URGENT"),
                Utc.optional(row, "FORGOTTEN_AT"));
    }

    private static List<String> names(@Nullable String clusters) {
        return clusters == null || clusters.isBlank()
                ? List.of()
                : List.of(clusters.strip().split(" "));
    }
}

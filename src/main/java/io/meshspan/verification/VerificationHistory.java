package io.meshspan.verification;

import io.meshspan.database.Utc;
import io.meshspan.verification.VerificationRun.ClusterPair;
import io.meshspan.verification.VerificationRun.Result;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The newest verifications of each mesh. */
@Component
public class VerificationHistory {

    /** The origin of those that a schedule asked for. */
    public static final String SCHEDULE = "verify-on-schedule";

    /** In lower case: PostgreSQL's driver quotes it, and H2 finds it in any case. */
    private static final String KEY = "id";

    private static final String PAIR =
            "insert into MESHSPAN_VERIFICATION_PAIR (RUN_ID, SOURCE, TARGET, SUCCEEDED, REASON,"
                    + " CALLS, ANSWERS, FAILED_CALLS, MEDIAN_US, SLOWEST_US) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcClient database;
    private final JdbcTemplate batches;
    private final VerificationScheduleProperties properties;

    VerificationHistory(JdbcClient database, JdbcTemplate batches, VerificationScheduleProperties properties) {
        this.database = database;
        this.batches = batches;
        this.properties = properties;
    }

    /** Adds a run, and deletes the oldest ones of its mesh. Skipped ones in a row are one entry, the newest. */
    @Transactional
    public VerificationRun add(VerificationRun run) {
        if (run.result() == Result.SKIPPED) {
            last(run.mesh()).filter(last -> last.result() == Result.SKIPPED).ifPresent(last -> delete(last.id()));
        }
        GeneratedKeyHolder id = new GeneratedKeyHolder();
        database.sql(
                        "insert into MESHSPAN_VERIFICATION (MESH, AT, RESULT, ORIGIN, CHANGE_ID, REASON, CALLS, FAILED_CALLS)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.<@Nullable Object>asList(
                        run.mesh(),
                        Utc.of(run.at()),
                        run.result().name(),
                        run.origin(),
                        run.change(),
                        run.reason(),
                        run.calls(),
                        run.failedCalls()))
                .update(id, KEY);
        long added = Objects.requireNonNull(id.getKey()).longValue();
        var unused = batches.batchUpdate(
                PAIR, run.pairs().stream().map(pair -> row(added, pair)).toList());
        prune(run.mesh());
        return find(run.mesh(), added).orElseThrow();
    }

    private static @Nullable Object[] row(long run, ClusterPair pair) {
        CallLatency latency = pair.latency();
        return new @Nullable Object[] {
            run,
            pair.source(),
            pair.target(),
            pair.succeeded(),
            pair.reason(),
            pair.calls(),
            pair.answers(),
            pair.failedCalls(),
            latency == null ? null : latency.median(),
            latency == null ? null : latency.slowest()
        };
    }

    private void delete(long run) {
        database.sql("delete from MESHSPAN_VERIFICATION where ID = ?")
                .param(run)
                .update();
    }

    private void prune(String mesh) {
        database.sql(
                        "select ID from MESHSPAN_VERIFICATION where MESH = ? order by ID desc offset ? rows fetch first 1 row only")
                .params(mesh, properties.keep())
                .query(Long.class)
                .optional()
                .ifPresent(oldest -> database.sql("delete from MESHSPAN_VERIFICATION where MESH = ? and ID <= ?")
                        .params(mesh, oldest)
                        .update());
    }

    /** The newest run, without its pairs, also if it was skipped. */
    public Optional<VerificationRun> last(String mesh) {
        return newest(mesh, Long.MAX_VALUE, 1).stream().findFirst();
    }

    /** The newest runs before another one, without their pairs. */
    public List<VerificationRun> newest(String mesh, long before, int most) {
        return database.sql("select * from MESHSPAN_VERIFICATION where MESH = ? and ID < ? order by ID desc"
                        + " fetch first " + most + " rows only")
                .params(mesh, before)
                .query((row, number) -> run(row, List.of()))
                .list();
    }

    /** The newest runs with their pairs, for the chart. */
    public List<VerificationRun> newestWithPairs(String mesh, int most) {
        List<VerificationRun> runs = newest(mesh, Long.MAX_VALUE, most);
        if (runs.isEmpty()) {
            return runs;
        }
        Map<Long, List<ClusterPair>> pairs = new LinkedHashMap<>();
        database.sql("select p.* from MESHSPAN_VERIFICATION_PAIR p join MESHSPAN_VERIFICATION v on v.ID = p.RUN_ID"
                        + " where v.MESH = ? and v.ID >= ? order by p.RUN_ID, p.SOURCE, p.TARGET")
                .params(mesh, runs.get(runs.size() - 1).id())
                .query(row -> {
                    pairs.computeIfAbsent(row.getLong("RUN_ID"), first -> new ArrayList<>())
                            .add(pair(row));
                });
        return runs.stream()
                .map(run -> with(run, pairs.getOrDefault(run.id(), List.of())))
                .toList();
    }

    /** With its pairs. */
    public Optional<VerificationRun> find(String mesh, long id) {
        return database.sql("select * from MESHSPAN_VERIFICATION where MESH = ? and ID = ?")
                .params(mesh, id)
                .query((row, number) -> run(row, List.of()))
                .optional()
                .map(run -> with(
                        run,
                        database.sql(
                                        "select * from MESHSPAN_VERIFICATION_PAIR where RUN_ID = ? order by SOURCE, TARGET")
                                .param(id)
                                .query((row, number) -> pair(row))
                                .list()));
    }

    /** Whether a change has reported a verification. */
    public boolean reported(String change) {
        return database.sql("select count(*) from MESHSPAN_VERIFICATION where CHANGE_ID = ?")
                        .param(change)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether a scheduled verification has failed, and none has passed since. */
    public boolean isFailing(String mesh) {
        return database.sql("select count(*) from MESHSPAN_VERIFICATION f where f.MESH = ? and f.RESULT = 'FAILED'"
                                + " and f.ORIGIN = ? and not exists (select 1 from MESHSPAN_VERIFICATION p where p.MESH = f.MESH"
                                + " and p.RESULT = 'PASSED' and p.ID > f.ID)")
                        .params(mesh, SCHEDULE)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static VerificationRun with(VerificationRun run, List<ClusterPair> pairs) {
        return new VerificationRun(
                run.id(),
                run.mesh(),
                run.at(),
                run.result(),
                run.origin(),
                run.change(),
                run.reason(),
                run.calls(),
                run.failedCalls(),
                pairs);
    }

    private static VerificationRun run(ResultSet row, List<ClusterPair> pairs) throws SQLException {
        return new VerificationRun(
                row.getLong("ID"),
                row.getString("MESH"),
                Utc.required(row, "AT"),
                Result.valueOf(row.getString("RESULT")),
                row.getString("ORIGIN"),
                row.getString("CHANGE_ID"),
                row.getString("REASON"),
                row.getInt("CALLS"),
                row.getInt("FAILED_CALLS"),
                pairs);
    }

    private static ClusterPair pair(ResultSet row) throws SQLException {
        Long median = row.getObject("MEDIAN_US", Long.class);
        Long slowest = row.getObject("SLOWEST_US", Long.class);
        return new ClusterPair(
                row.getString("SOURCE"),
                row.getString("TARGET"),
                row.getBoolean("SUCCEEDED"),
                row.getString("REASON"),
                row.getInt("CALLS"),
                row.getInt("ANSWERS"),
                row.getInt("FAILED_CALLS"),
                median == null || slowest == null ? null : new CallLatency(median, slowest));
    }
}

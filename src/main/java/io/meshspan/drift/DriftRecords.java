package io.meshspan.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.meshspan.audit.KeptWithRecords;
import io.meshspan.database.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The last check of each mesh, and people's decisions on its differences. A check is committed at once: the transaction of a
 * step that checks would hold the mesh's row for as long as the step takes, against every other check.
 */
@Component
public class DriftRecords implements KeptWithRecords {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final JdbcClient database;

    DriftRecords(JdbcClient database) {
        this.database = database;
    }

    /**
     * The last check of a mesh.
     *
     * @param open the differences without a decision that still applies
     * @param settled how many of the differences people accepted or ignore
     * @param problem why it could not be checked; null if it was
     */
    public record LastCheck(
            String mesh,
            Instant at,
            Duration took,
            DriftReport open,
            int settled,
            @Nullable String problem) {}

    /**
     * A person's decision on some differences.
     *
     * @param until when they are reported again; null if they are accepted
     */
    public record Settlement(
            String mesh, @Nullable Instant until, String change, String person, String reason, Instant at) {}

    /** The decision on the difference with this digest. */
    public record Settled(String item, Settlement by) {}

    /**
     * @return the check without differences that people accepted or ignore; decisions on differences that no longer
     *     exist are deleted
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public LastCheck keep(DriftReport found, Duration took) {
        DriftReport report =
                find(found.mesh()).map(LastCheck::open).map(found::after).orElse(found);
        List<Settled> known = settled(report.mesh());
        Set<String> there =
                report.items().stream().map(DriftedObject::digest).collect(Collectors.toCollection(HashSet::new));
        if (report.unread().isEmpty()) {
            known.stream()
                    .map(Settled::item)
                    .filter(item -> !there.contains(item))
                    .forEach(gone -> database.sql("delete from MESHSPAN_DRIFT_DECISION where MESH = ? and ITEM = ?")
                            .params(report.mesh(), gone)
                            .update());
        }
        DriftReport open = report.without(known.stream()
                .filter(each -> each.by().until() == null || each.by().until().isAfter(report.at()))
                .map(Settled::item)
                .collect(Collectors.toSet()));
        LastCheck check = new LastCheck(
                report.mesh(),
                report.at(),
                took,
                open,
                report.items().size() - open.items().size(),
                null);
        write(check);
        return check;
    }

    /** The mesh could not be checked: stores the reason next to the last result. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void failed(String mesh, int version, Instant at, Duration took, String problem) {
        Optional<LastCheck> last = find(mesh);
        DriftReport before = last.map(LastCheck::open)
                .orElseGet(() -> new DriftReport(mesh, version, at, List.of(), List.of(), List.of()));
        write(new LastCheck(mesh, at, took, before, last.map(LastCheck::settled).orElse(0), problem));
    }

    /** The first check of a mesh adds its row. A check that a process makes may write at the same time as one on the schedule. */
    private void write(LastCheck check) {
        List<@Nullable Object> values = Arrays.asList(
                Utc.of(check.at()),
                check.took().toMillis(),
                check.open().items().size(),
                check.settled(),
                check.problem(),
                written(check.open()),
                check.mesh());
        int known = database.sql("update MESHSPAN_DRIFT set CHECKED_AT = ?, TOOK_MS = ?, OPEN_ITEMS = ?,"
                        + " SETTLED_ITEMS = ?, PROBLEM = ?, REPORT = ? where MESH = ?")
                .params(values)
                .update();
        if (known == 0) {
            database.sql("insert into MESHSPAN_DRIFT (CHECKED_AT, TOOK_MS, OPEN_ITEMS, SETTLED_ITEMS, PROBLEM, REPORT,"
                            + " MESH) values (?, ?, ?, ?, ?, ?, ?)")
                    .params(values)
                    .update();
        }
    }

    public Optional<LastCheck> find(String mesh) {
        return database.sql("select * from MESHSPAN_DRIFT where MESH = ?")
                .param(mesh)
                .query((row, number) -> check(row))
                .optional();
    }

    /** Decisions on differences that still exist. */
    public List<Settled> settled(String mesh) {
        return database.sql("select * from MESHSPAN_DRIFT_DECISION where MESH = ? order by AT, ITEM")
                .param(mesh)
                .query((row, number) -> settled(row))
                .list();
    }

    /**
     * A later decision on the same difference replaces an earlier one. From now on the last check shows them as settled: the
     * next check may be a day away.
     */
    @Transactional
    public void settle(Collection<String> items, Settlement by) {
        find(by.mesh()).ifPresent(last -> {
            DriftReport open = last.open().without(Set.copyOf(items));
            int settled = last.open().items().size() - open.items().size();
            write(new LastCheck(last.mesh(), last.at(), last.took(), open, last.settled() + settled, last.problem()));
        });
        items.forEach(item -> {
            database.sql("delete from MESHSPAN_DRIFT_DECISION where MESH = ? and ITEM = ?")
                    .params(by.mesh(), item)
                    .update();
            database.sql(
                            "insert into MESHSPAN_DRIFT_DECISION (MESH, ITEM, IGNORED_UNTIL, CHANGE_ID, PERSON, REASON, AT)"
                                    + " values (?, ?, ?, ?, ?, ?, ?)")
                    .params(Arrays.asList(
                            by.mesh(),
                            item,
                            Utc.ofNullable(by.until()),
                            by.change(),
                            by.person(),
                            by.reason(),
                            Utc.of(by.at())))
                    .update();
        });
    }

    /** The decision stays, without the person and the comment. */
    @Override
    public void forget(String change) {
        database.sql("update MESHSPAN_DRIFT_DECISION set PERSON = '', REASON = '' where CHANGE_ID = ?")
                .param(change)
                .update();
    }

    private static LastCheck check(ResultSet row) throws SQLException {
        return new LastCheck(
                row.getString("MESH"),
                Utc.required(row, "CHECKED_AT"),
                Duration.ofMillis(row.getLong("TOOK_MS")),
                read(row.getString("REPORT")),
                row.getInt("SETTLED_ITEMS"),
                row.getString("PROBLEM"));
    }

    private static Settled settled(ResultSet row) throws SQLException {
        return new Settled(
                row.getString("ITEM"),
                new Settlement(
                        row.getString("MESH"),
                        Utc.optional(row, "IGNORED_UNTIL"),
                        row.getString("CHANGE_ID"),
                        row.getString("PERSON"),
                        row.getString("REASON"),
                        Utc.required(row, "AT")));
    }

    private static String written(DriftReport report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a drift could not be written", e);
        }
    }

    private static DriftReport read(String json) {
        try {
            return JSON.readValue(json, DriftReport.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a drift could not be read", e);
        }
    }
}

package io.meshspan.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Converts to UTC the times that earlier versions stored in the zone of their machine: the engine's and those of the plans.
 * It assumes that this machine has the same zone. The records of changes have always been in UTC.
 */
@Component
final class TimesInUtc implements JavaMigration {

    private static final Logger LOG = LoggerFactory.getLogger(TimesInUtc.class);
    private static final Set<String> OF_PLANS = Set.of("MESHSPAN_PLAN", "MESHSPAN_PLAN_DECISION", "MESHSPAN_LEFT_OUT");

    private final ZoneId zone;

    TimesInUtc() {
        this(Utc.zoneOfTheMachine());
    }

    TimesInUtc(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("14");
    }

    @Override
    public String getDescription() {
        return "times in UTC";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    /** A database without a change has no important time, but may have some that this version has just written. */
    @Override
    public void migrate(Context context) throws SQLException {
        Connection database = context.getConnection();
        if (!isUtc(zone) && hasChanges(database)) {
            convert(database);
        }
    }

    private static boolean isUtc(ZoneId zone) {
        return zone.getRules().isFixedOffset()
                && zone.getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
    }

    private static boolean hasChanges(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("select 1 from MESHSPAN_CHANGE fetch first 1 row only")) {
            return found.next();
        }
    }

    private void convert(Connection database) throws SQLException {
        SortedMap<String, Set<String>> tables = columns(database);
        boolean h2 = "H2".equals(database.getMetaData().getDatabaseProductName());
        try (Statement statement = database.createStatement()) {
            for (var table : tables.entrySet()) {
                String sets = table.getValue().stream()
                        .map(column -> column + " = " + (h2 ? h2(column) : postgresql(column)))
                        .collect(Collectors.joining(", "));
                statement.executeUpdate("update %s set %s".formatted(table.getKey(), sets));
            }
        }
        LOG.info("The times of {} tables were in the zone {} and are in UTC now", tables.size(), zone);
    }

    private SortedMap<String, Set<String>> columns(Connection database) throws SQLException {
        DatabaseMetaData metadata = database.getMetaData();
        SortedMap<String, Set<String>> columns = new TreeMap<>();
        try (ResultSet found = metadata.getColumns(database.getCatalog(), database.getSchema(), "%", "%")) {
            while (found.next()) {
                String table = found.getString("TABLE_NAME");
                String name = table.toUpperCase(Locale.ROOT);
                boolean local = name.startsWith(EngineTables.PREFIX) || OF_PLANS.contains(name);
                if (local && found.getInt("DATA_TYPE") == Types.TIMESTAMP) {
                    columns.computeIfAbsent(table, first -> new java.util.TreeSet<>())
                            .add(found.getString("COLUMN_NAME"));
                }
            }
        }
        return columns;
    }

    private String postgresql(String column) {
        return "(%s at time zone '%s') at time zone 'UTC'".formatted(column, zone.getId());
    }

    /** A cast to a timestamp without a zone uses the session's zone, which is this process's zone: UTC. */
    private String h2(String column) {
        return "cast(cast(cast(%s as varchar) || ' %s' as timestamp with time zone) as timestamp)"
                .formatted(column, zone.getId());
    }
}

package io.meshspan.secrets;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/** Every column of every row of every table, also of those that the engine or Flyway keeps. */
final class SearchedDatabase {

    private static final Set<String> OF_THE_DATABASE_ITSELF = Set.of("INFORMATION_SCHEMA", "PG_CATALOG");

    private SearchedDatabase() {}

    static void search(DataSource source, String name) {
        try (Connection connection = source.getConnection()) {
            String where = "%s (%s)".formatted(name, connection.getMetaData().getURL());
            for (String table : tables(connection)) {
                search(connection, table, where + ", table " + table);
            }
        } catch (SQLException e) {
            LeakedSecrets.notSearched(name, e);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet names =
                connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (names.next()) {
                String schema = names.getString("TABLE_SCHEM");
                if (!OF_THE_DATABASE_ITSELF.contains(schema.toUpperCase(Locale.ROOT))) {
                    tables.add("\"%s\".\"%s\"".formatted(schema, names.getString("TABLE_NAME")));
                }
            }
        }
        return tables;
    }

    private static void search(Connection connection, String table, String where) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            ResultSetMetaData columns = rows.getMetaData();
            while (rows.next()) {
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    Set<String> found = TestSecrets.NEEDLES.in(content(rows, column));
                    if (!found.isEmpty()) {
                        LeakedSecrets.add(
                                found,
                                "%s, column %s, row %s"
                                        .formatted(where, columns.getColumnName(column), rows.getString(1)));
                    }
                }
            }
        }
    }

    private static byte[] content(ResultSet rows, int column) throws SQLException {
        return switch (rows.getMetaData().getColumnType(column)) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                Objects.requireNonNullElse(rows.getBytes(column), new byte[0]);
            default -> String.valueOf(rows.getString(column)).getBytes(StandardCharsets.UTF_8);
        };
    }
}

package io.meshspan.process;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/** Everything that the engine wrote down, as text. */
final class TestDatabase {

    private final ProcessEngine engine;

    TestDatabase(ProcessEngine engine) {
        this.engine = engine;
    }

    /** The rows of each table; bytes are read as Latin text, so that what is stored in them can be found. */
    Map<String, String> dump() throws SQLException {
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        try (Connection connection = configuration.getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            Map<String, String> dump = new TreeMap<>();
            for (String table : tables(statement)) {
                dump.put(table, rows(statement, table));
            }
            return dump;
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        String sql = "select TABLE_NAME from INFORMATION_SCHEMA.TABLES where TABLE_NAME like 'ACT\\_%' escape '\\'";
        try (ResultSet names = statement.executeQuery(sql)) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }

    private static String rows(Statement statement, String table) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("select * from " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    text.append(text(rows, column)).append('\t');
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        boolean binary = rows.getMetaData().getColumnTypeName(column).startsWith("BINARY");
        byte[] bytes = binary ? rows.getBytes(column) : null;
        return bytes == null ? String.valueOf(rows.getString(column)) : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

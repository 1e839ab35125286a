package io.meshspan.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database that was kept by a machine in Berlin, before and after the change of daylight saving. */
class TimesInUtcTest {

    private static final String SUMMER = "2026-07-01T12:00:00.123";
    private static final String WINTER = "2026-12-01T12:00";
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void shouldConvertTheTimesOfH2() throws SQLException {
        Utc.countInUtc();
        assertConverted(new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID())));
    }

    @Test
    void shouldConvertTheTimesOfPostgresql() throws SQLException, IOException {
        Utc.countInUtc();
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertConverted(server.getPostgresDatabase());
        } catch (IllegalStateException e) {
            Assumptions.abort("PostgreSQL does not start here: " + e.getMessage());
        }
    }

    private static void assertConverted(DataSource source) throws SQLException {
        JdbcClient database = JdbcClient.create(source);
        database.sql("create table ACT_RU_JOB (ID_ varchar(64), DUEDATE_ timestamp, LOCK_EXP_TIME_ timestamp)")
                .update();
        migrate(source, ZoneId.of("UTC"), "13");
        database.sql("insert into ACT_RU_JOB values ('1', timestamp '2026-07-01 12:00:00.123', null),"
                        + " ('2', timestamp '2026-12-01 12:00:00', timestamp '2026-12-01 00:30:00')")
                .update();
        database.sql("insert into MESHSPAN_CHANGE (CHANGE_ID, MESH, PROCESS, CLUSTERS, STARTED_AT, RECORDS, HEAD)"
                        + " values ('c1', 'm', 'p', '', timestamp '2026-07-01 12:00:00', 0, '')")
                .update();
        database.sql("insert into MESHSPAN_LEFT_OUT values ('c1', 'cluster1', timestamp '2026-07-01 12:00:00.123')")
                .update();

        migrate(source, BERLIN, "14");
        migrate(source, BERLIN, "14");

        assertThat(times(database, "select DUEDATE_ from ACT_RU_JOB order by ID_"))
                .containsExactly(
                        LocalDateTime.parse(SUMMER).minusHours(2),
                        LocalDateTime.parse(WINTER).minusHours(1));
        assertThat(times(database, "select LOCK_EXP_TIME_ from ACT_RU_JOB where ID_ = '2'"))
                .containsExactly(LocalDateTime.parse("2026-11-30T23:30"));
        assertThat(times(database, "select AT from MESHSPAN_LEFT_OUT"))
                .containsExactly(LocalDateTime.parse(SUMMER).minusHours(2));
        assertThat(times(database, "select STARTED_AT from MESHSPAN_CHANGE"))
                .containsExactly(LocalDateTime.parse("2026-07-01T12:00"));
    }

    private static List<LocalDateTime> times(JdbcClient database, String query) {
        return database.sql(query)
                .query((row, number) -> row.getObject(1, LocalDateTime.class))
                .list();
    }

    private static void migrate(DataSource source, ZoneId zone, String target) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
            Flyway.configure()
                    .dataSource(source)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .locations("classpath:db/migration", h2 ? "classpath:db/h2" : "classpath:db/postgresql")
                    .javaMigrations(new TimesInUtc(zone))
                    .target(target)
                    .load()
                    .migrate();
        }
    }
}

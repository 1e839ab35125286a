package io.meshspan.database;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Databases with all tables: in memory, or in one PostgreSQL that all tests of this JVM share and that ends with it. */
public final class SharedPostgres {

    private static @Nullable EmbeddedPostgres server;

    private SharedPostgres() {}

    public static DataSource h2() {
        return migrated(
                new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID())), "h2");
    }

    /** A new database; without a PostgreSQL the test is skipped, and says why. */
    public static synchronized DataSource postgresql() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.start();
            }
            String name = "t" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
            JdbcClient.create(server.getPostgresDatabase())
                    .sql("create database " + name)
                    .update();
            return migrated(server.getDatabase("postgres", name), "postgresql");
        } catch (IOException | IllegalStateException e) {
            return abort("PostgreSQL does not start here (as root it needs 'unshare'): " + e.getMessage());
        }
    }

    private static DataSource migrated(DataSource source, String kind) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", "classpath:db/" + kind)
                .load()
                .migrate();
        return source;
    }
}

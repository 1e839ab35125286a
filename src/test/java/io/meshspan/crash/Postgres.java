package io.meshspan.crash;

import static org.junit.jupiter.api.Assumptions.abort;

import io.meshspan.secrets.LeakGuard;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL of the test's own, on a free port. */
final class Postgres implements CrashDatabase {

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Without one the test is skipped, and says why. */
    static Postgres start() {
        try {
            return new Postgres(EmbeddedPostgres.start());
        } catch (IOException | IllegalStateException e) {
            return abort("PostgreSQL does not start here (as root it needs 'unshare'): " + e.getMessage());
        }
    }

    @Override
    public List<String> arguments() {
        return List.of("--spring.datasource.url=" + url(), "--spring.datasource.username=postgres");
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** As PostgreSQL's own tools name it. */
    String address(String database) {
        return "postgresql://postgres@localhost:%d/%s".formatted(server.getPort(), database);
    }

    /** Of each migration, whether it was applied. */
    List<Boolean> migrations() {
        return client().sql("select \"success\" from \"flyway_schema_history\"")
                .query(Boolean.class)
                .list();
    }

    void execute(String statement) {
        client().sql(statement).update();
    }

    /** Which nodes executed jobs, as the engine's history has it. */
    List<String> nodes() {
        return client().sql(
                        "select distinct HOSTNAME_ from ACT_HI_JOB_LOG where JOB_STATE_ = 2 and HOSTNAME_ is not null")
                .query(String.class)
                .list();
    }

    /** Notices that a receiver has not taken. */
    int undelivered() {
        return client().sql("select count(*) from MESHSPAN_DELIVERY")
                .query(Integer.class)
                .single();
    }

    private JdbcClient client() {
        return JdbcClient.create(server.getPostgresDatabase());
    }

    @Override
    public void close() throws IOException {
        LeakGuard.search("PostgreSQL of a test", server.getPostgresDatabase());
        server.close();
    }
}

package io.meshspan.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.meshspan.node.NodeClaim.NodeIdTaken;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What only PostgreSQL can tell: who was first, and who is gone. */
class AdvisoryLockIT {

    private static @org.jspecify.annotations.Nullable EmbeddedPostgres server;

    @BeforeAll
    static void start() {
        try {
            server = EmbeddedPostgres.start();
        } catch (IOException | IllegalStateException e) {
            abort("PostgreSQL does not start here (as root it needs 'unshare'): " + e.getMessage());
        }
    }

    @Test
    void shouldRefuseANodeWhoseIdALivingOneHas() throws SQLException {
        claim("a").take();

        assertThatThrownBy(() -> claim("a").take())
                .isInstanceOf(NodeIdTaken.class)
                .hasMessageContaining("'a'");
        claim("b").take();
    }

    @Test
    void shouldGiveBackWhatADeadNodeHeldAndTakeItAgainWhenTheConnectionWasLost() throws SQLException {
        // given
        AdvisoryLock first = lock("lost");
        assertThat(first.tryTake()).isTrue();
        assertThat(first.tryTake()).isTrue();
        AdvisoryLock second = lock("lost");
        assertThat(second.tryTake()).isFalse();

        // when
        JdbcClient.create(postgres().getPostgresDatabase())
                .sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid ="
                        + " (hashtextextended('lost', 0) & 4294967295)::oid")
                .query()
                .listOfRows();

        // then
        assertThat(first.tryTake()).isTrue();
        assertThat(second.tryTake()).isFalse();
        first.release();
        second.await(5);
        assertThat(first.tryTake()).isFalse();
    }

    private static NodeClaim claim(String id) {
        Duration any = Duration.ofSeconds(40);
        return new NodeClaim(
                new NodeId(new NodeProperties(id, any, any), new ServerProperties()),
                postgres().getPostgresDatabase(),
                settings());
    }

    private static AdvisoryLock lock(String name) {
        return new AdvisoryLock(postgres().getPostgresDatabase(), settings(), name);
    }

    private static DataSourceProperties settings() {
        DataSourceProperties settings = new DataSourceProperties();
        settings.setUrl(postgres().getJdbcUrl("postgres", "postgres"));
        return settings;
    }

    private static EmbeddedPostgres postgres() {
        return Objects.requireNonNull(server);
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}

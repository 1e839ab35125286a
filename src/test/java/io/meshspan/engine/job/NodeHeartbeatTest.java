package io.meshspan.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.meshspan.node.NodeClaim;
import io.meshspan.node.NodeId;
import io.meshspan.node.NodeProperties;
import io.meshspan.node.StepsInFlight;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

class NodeHeartbeatTest {

    private static final Duration TAKE_OVER = Duration.ofSeconds(40);

    private final String url = "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID());
    private final DriverManagerDataSource source = new DriverManagerDataSource(url);
    private final JdbcClient database = JdbcClient.create(source);
    private final AtomicLong nanos = new AtomicLong();
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final NodeHeartbeat here = node("here");
    private final NodeHeartbeat there = node("there");

    private NodeHeartbeat node(String name) {
        NodeProperties properties = new NodeProperties(name, TAKE_OVER, Duration.ofMinutes(30));
        NodeId id = new NodeId(properties, new ServerProperties());
        DataSourceProperties settings = new DataSourceProperties();
        settings.setUrl(url);
        return new NodeHeartbeat(
                properties,
                id,
                new NodeClaim(id, source, settings),
                mock(StepsInFlight.class),
                database,
                new JdbcTransactionManager(source),
                periodic,
                nanos::get);
    }

    @BeforeEach
    void aJobOfEach() {
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V35__node.sql")).execute(source);
        database.sql("create table ACT_RU_JOB (ID_ varchar(64), LOCK_OWNER_ varchar(255), LOCK_EXP_TIME_ timestamp)")
                .update();
        database.sql("insert into ACT_RU_JOB values ('1', 'here', '2100-01-01'), ('2', 'there', '2100-01-01'),"
                        + " ('3', 'earlier release', '2100-01-01')")
                .update();
    }

    /** A lock lasts longer than any step, and nobody waits for its end. */
    @Test
    void shouldFreeTheJobsOfANodeThatGivesNoSignsAnyMore() {
        there.beat();
        here.beat();
        pass(TAKE_OVER.minusSeconds(1));
        here.beat();
        assertThat(owner("2")).isEqualTo("there");

        pass(Duration.ofSeconds(1));
        here.beat();

        assertThat(owner("2")).isEqualTo("nobody");
        assertThat(owner("1")).isEqualTo("here");
    }

    @Test
    void shouldLeaveAloneWhoGivesSigns() {
        for (int sign = 0; sign < 20; sign++) {
            here.beat();
            there.beat();
            pass(TAKE_OVER.dividedBy(4));
        }

        assertThat(owner("1")).isEqualTo("here");
        assertThat(owner("2")).isEqualTo("there");
    }

    /** Their locks are as short as before. */
    @Test
    void shouldLeaveAloneNodesOfReleasesThatGaveNoSuchSigns() {
        here.beat();
        pass(TAKE_OVER.multipliedBy(3));
        here.beat();

        assertThat(owner("3")).isEqualTo("earlier release");
    }

    @Test
    void shouldCountAgainAsALivingNodeThatWasOnlyCutOff() {
        there.beat();
        here.beat();
        pass(TAKE_OVER);
        here.beat();

        there.beat();
        database.sql("update ACT_RU_JOB set LOCK_OWNER_ = 'there' where ID_ = '2'")
                .update();
        here.beat();
        assertThat(owner("2")).isEqualTo("there");

        pass(TAKE_OVER);
        here.beat();
        assertThat(owner("2")).isEqualTo("nobody");
    }

    /** Some of them may be locked for nobody: their acquisition, or their end, never reached it. */
    @Test
    void shouldFreeItsOwnJobsWhenTheDatabaseAnswersAgain() {
        here.beat();
        database.sql("alter table MESHSPAN_NODE rename to AWAY").update();
        here.beat();
        assertThat(owner("1")).isEqualTo("here");

        database.sql("alter table AWAY rename to MESHSPAN_NODE").update();
        here.beat();
        assertThat(owner("1")).isEqualTo("nobody");
        assertThat(owner("2")).isEqualTo("there");
    }

    private String owner(String job) {
        return database.sql("select coalesce(LOCK_OWNER_, 'nobody') from ACT_RU_JOB where ID_ = ?")
                .param(job)
                .query(String.class)
                .single();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @AfterEach
    void close() {
        periodic.destroy();
    }
}

package io.meshspan.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.lease.HeldLeases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

class StepsInFlightTest {

    private static final ClusterName CLUSTER1 = new ClusterName("cluster1");
    private static final Duration LATE = Duration.ofSeconds(75);
    private static final Duration TAKE_OVER = Duration.ofSeconds(40);

    private final DriverManagerDataSource source =
            new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
    private final JdbcClient database = JdbcClient.create(source);
    private final AtomicLong nanos = new AtomicLong();
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final Clusters clusters = mock(Clusters.class);
    private final Cluster cluster1 = mock(Cluster.class);
    private final HeldLeases held = mock(HeldLeases.class);
    private final StepsInFlight here = node("here");
    private final StepsInFlight there = node("there");

    private StepsInFlight node(String id) {
        NodeProperties properties = new NodeProperties(id, TAKE_OVER, Duration.ofMinutes(30));
        return new StepsInFlight(
                database,
                new JdbcTransactionManager(source),
                new NodeId(properties, new ServerProperties()),
                properties,
                clusters,
                held,
                periodic,
                nanos::get);
    }

    @BeforeEach
    void aJobOfAChange() {
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V15__step_in_flight.sql")).execute(source);
        database.sql("create table ACT_RU_JOB (ID_ varchar(64))").update();
        database.sql("insert into ACT_RU_JOB values ('job')").update();
        when(clusters.lateWriteWithin()).thenReturn(LATE);
        when(clusters.get(CLUSTER1)).thenReturn(cluster1);
        when(cluster1.unansweredWrite()).thenReturn(Optional.empty());
        when(held.of("c1")).thenReturn(List.of(CLUSTER1));
    }

    @Test
    void shouldBeKnownToAllNodesWhileAStepIsUnderWay() throws Exception {
        here.during("c1", "Configure trust", "cluster1", "job", () -> {
            assertThat(here.settled("c1")).isFalse();
            assertThat(there.settled("c1")).isFalse();
            assertThat(there.settled("c2")).isTrue();
            assertThat(there.describe("c1")).containsExactly("Configure trust in cluster1 on node here");
        });

        assertThat(there.settled("c1")).isTrue();
    }

    @Test
    void shouldBeSettledAfterAStepThatFailed() {
        assertThatThrownBy(() -> here.during("c1", "Configure trust", null, "job", () -> {
                    throw new TransientException("no answer");
                }))
                .hasMessage("no answer");

        assertThat(there.settled("c1")).isTrue();
    }

    @Test
    void shouldNotBeginAStepThatADecisionCalledOff() {
        database.sql("delete from ACT_RU_JOB").update();

        assertThatThrownBy(() -> here.during("c1", "Configure trust", null, "job", () -> {
                    throw new IllegalStateException("it began");
                }))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("called this step off");
        assertThat(there.settled("c1")).isTrue();
    }

    /** As long as its node gives signs, it may take as long as it needs. */
    @Test
    void shouldWaitForALivingStepAndForADeadOneUntilItsLastWriteCannotArriveAnyMore() throws Exception {
        here.during("c1", "Configure trust", null, "job", () -> {
            for (int sign = 0; sign < 50; sign++) {
                assertThat(there.settled("c1")).isFalse();
                pass(TAKE_OVER.dividedBy(4));
                here.sign();
            }
            assertThat(there.settled("c1")).isFalse();
            pass(TAKE_OVER.plus(LATE).minusSeconds(1));
            assertThat(there.settled("c1")).isFalse();
            pass(Duration.ofSeconds(1));
            assertThat(there.settled("c1")).isTrue();
        });
    }

    @Test
    void shouldWaitForAWriteWithoutAnAnswerAfterItsStep() throws Exception {
        here.during("c1", "Configure trust", null, "job", () -> {
            pass(Duration.ofSeconds(20));
            when(cluster1.unansweredWrite()).thenReturn(Optional.of(Duration.ofSeconds(10)));
        });

        assertThat(there.settled("c1")).isFalse();
        assertThat(there.describe("c1")).singleElement().asString().contains("a write of it has no answer");
        pass(LATE.minusSeconds(1));
        assertThat(there.settled("c1")).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(there.settled("c1")).isTrue();
    }

    /** The client hands an answer on before it counts as one, and steps run side by side. */
    @Test
    void shouldBeSettledAMomentAfterTheAnswerThatWasOnItsWayWhenTheStepEnded() throws Exception {
        here.during("c1", "Configure trust", null, "job", () -> {
            pass(Duration.ofSeconds(1));
            when(cluster1.unansweredWrite()).thenReturn(Optional.of(Duration.ZERO));
        });
        assertThat(there.settled("c1")).isFalse();

        when(cluster1.unansweredWrite()).thenReturn(Optional.empty());

        await().atMost(Duration.ofSeconds(20)).until(() -> there.settled("c1"));
    }

    /** It was sent by an earlier step, which has a row of its own. */
    @Test
    void shouldNotWaitForAWriteThatWasSentBeforeTheStep() throws Exception {
        when(cluster1.unansweredWrite()).thenReturn(Optional.of(Duration.ofSeconds(10)));

        here.during("c1", "Configure trust", null, "job", () -> {});

        assertThat(there.settled("c1")).isTrue();
    }

    @Test
    void shouldEndAfterARestartWhatItsNodeHadInHand() throws Exception {
        StepsInFlight restarted = node("here");

        here.during("c1", "Configure trust", null, "job", () -> {
            restarted.endThoseOfThePast();
            assertThat(restarted.settled("c1")).isFalse();
            pass(LATE);
            assertThat(restarted.settled("c1")).isTrue();
        });
    }

    /** Work that goes on after its step has no thread of the engine that would notice its end. */
    @Test
    void shouldKnowWorkAsAliveUntilItsNodeGivesNoSignsOrItIsClosed() {
        String id = here.open("c1", "Call HelloWorld");
        here.keepAlive(id);
        for (int sign = 0; sign < 50; sign++) {
            assertThat(there.isAlive("c1", id)).isTrue();
            pass(TAKE_OVER.dividedBy(4));
            here.sign();
        }
        assertThat(there.isAlive("c1", id)).isTrue();
        pass(TAKE_OVER);
        assertThat(there.isAlive("c1", id)).isFalse();

        here.close(id);

        assertThat(here.isAlive("c1", id)).isFalse();
        assertThat(there.settled("c1")).isTrue();
    }

    @Test
    void shouldKnowWorkAsDeadWhenItsNodeWasRestarted() {
        String id = here.open("c1", "Call HelloWorld");
        here.keepAlive(id);
        assertThat(there.isAlive("c1", id)).isTrue();

        node("here").endThoseOfThePast();

        assertThat(there.isAlive("c1", id)).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @AfterEach
    void close() {
        periodic.destroy();
    }
}

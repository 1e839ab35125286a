package io.meshspan.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class ClusterLeasesTest {

    private static final Holder MINE = new Holder(new MeshId("mesh1"), "4711");
    private static final Holder OTHER = new Holder(new MeshId("mesh2"), "4712");
    private static final ClusterName FIRST = new ClusterName("cluster1");
    private static final ClusterName SECOND = new ClusterName("cluster2");
    private static final List<ClusterName> BOTH = List.of(FIRST, SECOND);

    private static final Duration DURATION = Duration.ofMinutes(2);
    private static final LeaseProperties PROPERTIES = new LeaseProperties("kube-system", DURATION);

    private final ClusterInMemory first = new ClusterInMemory("cluster1");
    private final ClusterInMemory second = new ClusterInMemory("cluster2");
    private final JdbcDataSource source = new JdbcDataSource();
    private final HeldLeases held = new HeldLeases(JdbcClient.create(source));
    private final AtomicLong nanos = new AtomicLong(-5);
    private final ClusterLeases leases = node();

    @BeforeEach
    void emptyDatabase() {
        source.setUrl("jdbc:h2:mem:leases;DB_CLOSE_DELAY=-1");
        JdbcClient.create(source).sql("drop table if exists MESHSPAN_LEASE").update();
        new ResourceDatabasePopulator(
                        new ClassPathResource("db/migration/V4__lease.sql"),
                        new ClassPathResource("db/migration/V13__lease_age.sql"))
                .execute(source);
    }

    @Test
    void shouldHoldEveryClusterAndWriteItDown() {
        LeaseAcquisition leaseAcquisition = leases.acquire(MINE, BOTH);

        assertThat(leaseAcquisition.complete()).isTrue();
        assertThat(holders()).containsExactly("mesh1/4711", "mesh1/4711");
        assertThat(held.holders()).containsExactly(MINE);
        assertThat(held.of("4711")).containsExactly(FIRST, SECOND);
    }

    @Test
    void shouldHoldNoneWhenOneIsHeldByAnother() {
        leases.acquire(OTHER, List.of(SECOND));

        LeaseAcquisition leaseAcquisition = leases.acquire(MINE, BOTH);

        assertThat(leaseAcquisition.complete()).isFalse();
        assertThat(leaseAcquisition.inTheWay())
                .contains("cluster2, Lease meshspan-change", "found change mesh2/4712")
                .doesNotContain("cluster1");
        assertThat(holders()).containsExactly("", "mesh2/4712");
        assertThat(held.of("4711")).isEmpty();
    }

    @Test
    void shouldHoldWhatItHoldsAlready() {
        leases.acquire(MINE, BOTH);

        assertThat(leases.acquire(MINE, BOTH).complete()).isTrue();
    }

    /** Whatever the other machine's clock says: a day ago, or tomorrow. */
    @ParameterizedTest
    @ValueSource(longs = {-86_400, 0, 86_400})
    void shouldTakeOverFromAHolderThatItHasSeenNotRenewForTheWholeDuration(long secondsAhead) {
        second.replace(LeaseState.absent("kube-system", "meshspan-change")
                .takenBy(OTHER, Instant.now().plusSeconds(secondsAhead), DURATION));

        assertThat(leases.acquire(MINE, BOTH).complete()).isFalse();
        pass(DURATION.minusSeconds(1));
        assertThat(leases.acquire(MINE, BOTH).complete()).isFalse();
        assertThat(leases.free(BOTH)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(leases.free(BOTH)).isTrue();
        LeaseAcquisition leaseAcquisition = leases.acquire(MINE, BOTH);

        assertThat(leaseAcquisition.complete()).isTrue();
        assertThat(leaseAcquisition.claims())
                .contains(new LeaseClaim(SECOND, LeaseClaim.Result.TAKEN_OVER, "mesh2/4712"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 0, 86_400})
    void shouldLeaveAHolderAloneThatRenews(long secondsAhead) {
        for (int renewal = 0; renewal < 20; renewal++) {
            second.objects().stream().findFirst().ifPresent(lease -> second.delete(lease));
            second.replace(LeaseState.absent("kube-system", "meshspan-change")
                    .takenBy(OTHER, Instant.now().plusSeconds(secondsAhead + renewal), DURATION));

            assertThat(leases.free(BOTH)).isFalse();
            pass(DURATION.minusSeconds(1));
        }
    }

    @Test
    void shouldReleaseOnlyWhatIsItsOwn() {
        leases.acquire(OTHER, List.of(SECOND));
        leases.acquire(MINE, List.of(FIRST));

        leases.release(MINE, BOTH);

        assertThat(holders()).containsExactly("", "mesh2/4712");
        assertThat(leases.free(List.of(FIRST))).isTrue();
        assertThat(leases.free(BOTH)).isFalse();
    }

    /** The change may have ended while its renewal was under way. */
    @Test
    void shouldNotRenewWhatWasReleased() {
        leases.acquire(MINE, BOTH);
        leases.release(MINE, List.of(SECOND));

        assertThat(leases.renew(MINE, BOTH)).containsExactly(SECOND);
        assertThat(holders()).containsExactly("mesh1/4711", "");
    }

    @Test
    void shouldAskForNothingBeforeAStepWhileRenewalsAreRecent() {
        leases.acquire(MINE, BOTH);
        int reads = first.reads().size();

        assertThat(leases.reacquire(MINE, Optional.empty()).complete()).isTrue();
        assertThat(first.reads()).hasSize(reads);
    }

    @Test
    void shouldSayWhoTookAClusterThatWasNotRenewedInTime() {
        leases.acquire(MINE, BOTH);
        leases.release(MINE, BOTH);
        leases.acquire(OTHER, List.of(SECOND));
        pass(DURATION);

        assertThat(leases.reacquire(MINE, Optional.empty()).inTheWay()).contains("cluster2", "mesh2/4712");

        leases.release(OTHER, List.of(SECOND));
        assertThat(leases.reacquire(MINE, Optional.empty()).complete()).isTrue();
        assertThat(holders()).containsExactly("mesh1/4711", "mesh1/4711");
    }

    @Test
    void shouldGoOnInAClusterThoughAnotherOneWasLost() {
        leases.acquire(MINE, BOTH);
        leases.release(MINE, BOTH);
        leases.acquire(OTHER, List.of(SECOND));
        pass(DURATION);

        assertThat(leases.reacquire(MINE, Optional.of(FIRST)).complete()).isTrue();
        assertThat(holders()).containsExactly("mesh1/4711", "mesh2/4712");
        assertThat(leases.reacquire(MINE, Optional.of(SECOND)).complete()).isFalse();
    }

    /** A step about a cluster that is left out works on all the others. */
    @Test
    void shouldTakeEveryOtherClusterAgainWhereOneIsLeftOut() {
        leases.acquire(MINE, BOTH);
        pass(DURATION);
        leases.release(MINE, BOTH);
        leases.forget("4711", SECOND);

        assertThat(leases.reacquire(MINE, Optional.of(SECOND)).complete()).isTrue();
        assertThat(holders()).containsExactly("mesh1/4711", "");
    }

    @Test
    void shouldHoldNoneWhenOneDoesNotAnswer() {
        ClusterLeases some = withSecondSilent(nanos);

        assertThatThrownBy(() -> some.acquire(MINE, BOTH)).isInstanceOf(TransientException.class);

        assertThat(first.objects())
                .singleElement()
                .satisfies(lease -> assertThat(((Lease) lease).getSpec().getHolderIdentity())
                        .isEmpty());
    }

    @Test
    void shouldRelyOnWhatWasRenewedWhereOneDoesNotAnswer() {
        leases.acquire(MINE, BOTH);
        ClusterLeases some = withSecondSilent(nanos);
        assertThatThrownBy(() -> some.renew(MINE, BOTH)).isInstanceOf(TransientException.class);
        int reads = first.reads().size();

        assertThat(some.reacquire(MINE, Optional.of(FIRST)).complete()).isTrue();
        assertThat(first.reads()).hasSize(reads);
        assertThatThrownBy(() -> some.reacquire(MINE, Optional.of(SECOND))).isInstanceOf(TransientException.class);
    }

    /** Which may have been down for long, and knows nothing of renewals by others. */
    @Test
    void shouldLookBeforeItsFirstStepAfterAStart() {
        leases.acquire(MINE, BOTH);
        ClusterLeases restarted = node();
        int reads = first.reads().size();

        assertThat(restarted.reacquire(MINE, Optional.empty()).complete()).isTrue();
        assertThat(first.reads()).hasSizeGreaterThan(reads);

        leases.release(MINE, BOTH);
        leases.acquire(OTHER, List.of(SECOND));
        assertThat(node().reacquire(MINE, Optional.empty()).inTheWay()).contains("cluster2", "mesh2/4712");
    }

    /** They renew the Leases of all changes, all four times a minute. */
    @Test
    void shouldNotTakeANodesOwnRenewalForALossWhenAnotherNodeRenewsAtTheSameTime() {
        leases.acquire(MINE, BOTH);
        ClusterInMemory raced = new ClusterInMemory("cluster1") {
            @Override
            public boolean replace(io.fabric8.kubernetes.api.model.HasMetadata object) {
                return false;
            }
        };
        first.objects().forEach(raced::apply);
        ClusterLeases slower = new ClusterLeases(ClustersInMemory.of(raced, second), PROPERTIES, held, nanos::get);

        assertThat(slower.renew(MINE, List.of(FIRST))).isEmpty();
        assertThat(slower.acquire(MINE, List.of(FIRST)).complete()).isTrue();
        assertThat(slower.acquire(OTHER, List.of(FIRST)).complete()).isFalse();
    }

    private ClusterLeases node() {
        return new ClusterLeases(ClustersInMemory.of(first, second), PROPERTIES, held, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private ClusterLeases withSecondSilent(AtomicLong nanos) {
        ClusterInMemory silent = new ClusterInMemory("cluster2") {
            @Override
            public boolean replace(io.fabric8.kubernetes.api.model.HasMetadata object) {
                throw new TransientException("cluster2 does not answer");
            }
        };
        second.objects().forEach(silent::apply);
        return new ClusterLeases(ClustersInMemory.of(first, silent), PROPERTIES, held, nanos::get);
    }

    private List<String> holders() {
        return java.util.stream.Stream.of(first, second)
                .map(cluster -> ((Lease) cluster.objects().get(0)).getSpec().getHolderIdentity())
                .toList();
    }
}

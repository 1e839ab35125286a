package io.meshspan.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.meshspan.finding.PassingFault;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class ClusterLeasesTest {

    private static final Holder MINE = new Holder(new MeshId("mesh1"), "4711");
    private static final Holder OTHER = new Holder(new MeshId("mesh2"), "4712");
    private static final ClusterName FIRST = new ClusterName("cluster1");
    private static final ClusterName SECOND = new ClusterName("cluster2");
    private static final List<ClusterName> BOTH = List.of(FIRST, SECOND);

    private final ClusterInMemory first = new ClusterInMemory("cluster1");
    private final ClusterInMemory second = new ClusterInMemory("cluster2");
    private final JdbcDataSource source = new JdbcDataSource();
    private final HeldClusters held = new HeldClusters(JdbcClient.create(source));
    private final ClusterLeases leases = new ClusterLeases(
            ClustersInMemory.of(first, second), new LeaseProperties("kube-system", Duration.ofMinutes(2)), held);

    @BeforeEach
    void emptyDatabase() {
        source.setUrl("jdbc:h2:mem:leases;DB_CLOSE_DELAY=-1");
        JdbcClient.create(source).sql("drop table if exists MESHSPAN_LEASE").update();
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V4__lease.sql")).execute(source);
    }

    @Test
    void shouldHoldEveryClusterAndWriteItDown() {
        Holding holding = leases.hold(MINE, BOTH);

        assertThat(holding.complete()).isTrue();
        assertThat(holders()).containsExactly("mesh1/4711", "mesh1/4711");
        assertThat(held.holders()).containsExactly(MINE);
        assertThat(held.of("4711")).containsExactly(FIRST, SECOND);
    }

    @Test
    void shouldHoldNoneWhenOneIsHeldByAnother() {
        leases.hold(OTHER, List.of(SECOND));

        Holding holding = leases.hold(MINE, BOTH);

        assertThat(holding.complete()).isFalse();
        assertThat(holding.inTheWay())
                .contains("cluster2, Lease meshspan-change", "found change mesh2/4712")
                .doesNotContain("cluster1");
        assertThat(holders()).containsExactly("", "mesh2/4712");
        assertThat(held.of("4711")).isEmpty();
    }

    @Test
    void shouldHoldWhatItHoldsAlready() {
        leases.hold(MINE, BOTH);

        assertThat(leases.hold(MINE, BOTH).complete()).isTrue();
    }

    @Test
    void shouldTakeOverFromAHolderThatIsGone() {
        second.replace(LeaseState.absent("kube-system", "meshspan-change")
                .takenBy(OTHER, Instant.now().minusSeconds(121), Duration.ofMinutes(2)));

        Holding holding = leases.hold(MINE, BOTH);

        assertThat(holding.complete()).isTrue();
        assertThat(holding.claims()).contains(new Claim(SECOND, Claim.Result.TAKEN_OVER, "mesh2/4712"));
    }

    @Test
    void shouldReleaseOnlyWhatIsItsOwn() {
        leases.hold(OTHER, List.of(SECOND));
        leases.hold(MINE, List.of(FIRST));

        leases.release(MINE, BOTH);

        assertThat(holders()).containsExactly("", "mesh2/4712");
        assertThat(leases.free(List.of(FIRST))).isTrue();
        assertThat(leases.free(BOTH)).isFalse();
    }

    /** The change may have ended while its renewal was under way. */
    @Test
    void shouldNotRenewWhatWasReleased() {
        leases.hold(MINE, BOTH);
        leases.release(MINE, List.of(SECOND));

        assertThat(leases.renew(MINE, BOTH)).containsExactly(SECOND);
        assertThat(holders()).containsExactly("mesh1/4711", "");
    }

    @Test
    void shouldAskForNothingBeforeAStepWhileRenewalsAreRecent() {
        leases.hold(MINE, BOTH);
        int reads = first.reads().size();

        assertThat(leases.regain(MINE, Optional.empty()).complete()).isTrue();
        assertThat(first.reads()).hasSize(reads);
    }

    @Test
    void shouldSayWhoTookAClusterThatWasNotRenewedInTime() {
        leases.hold(MINE, BOTH);
        leases.release(MINE, BOTH);
        leases.hold(OTHER, List.of(SECOND));
        held.renewed(MINE, BOTH, Instant.now().minusSeconds(500));

        assertThat(leases.regain(MINE, Optional.empty()).inTheWay()).contains("cluster2", "mesh2/4712");

        leases.release(OTHER, List.of(SECOND));
        assertThat(leases.regain(MINE, Optional.empty()).complete()).isTrue();
        assertThat(holders()).containsExactly("mesh1/4711", "mesh1/4711");
    }

    @Test
    void shouldGoOnInAClusterThoughAnotherOneWasLost() {
        leases.hold(MINE, BOTH);
        leases.release(MINE, BOTH);
        leases.hold(OTHER, List.of(SECOND));
        held.renewed(MINE, BOTH, Instant.now().minusSeconds(500));

        assertThat(leases.regain(MINE, Optional.of(FIRST)).complete()).isTrue();
        assertThat(holders()).containsExactly("mesh1/4711", "mesh2/4712");
        assertThat(leases.regain(MINE, Optional.of(SECOND)).complete()).isFalse();
    }

    /** A step about a cluster that is left out works on all the others. */
    @Test
    void shouldTakeEveryOtherClusterAgainWhereOneIsLeftOut() {
        leases.hold(MINE, BOTH);
        held.renewed(MINE, BOTH, Instant.now().minusSeconds(500));
        leases.release(MINE, BOTH);
        leases.forget("4711", SECOND);

        assertThat(leases.regain(MINE, Optional.of(SECOND)).complete()).isTrue();
        assertThat(holders()).containsExactly("mesh1/4711", "");
    }

    @Test
    void shouldHoldNoneWhenOneDoesNotAnswer() {
        ClusterLeases some = withSecondSilent();

        assertThatThrownBy(() -> some.hold(MINE, BOTH)).isInstanceOf(PassingFault.class);

        assertThat(first.objects())
                .singleElement()
                .satisfies(lease -> assertThat(((Lease) lease).getSpec().getHolderIdentity())
                        .isEmpty());
    }

    @Test
    void shouldWriteDownWhatWasRenewedWhereOneDoesNotAnswer() {
        leases.hold(MINE, BOTH);
        held.renewed(MINE, BOTH, Instant.now().minusSeconds(500));

        assertThatThrownBy(() -> withSecondSilent().renew(MINE, BOTH)).isInstanceOf(PassingFault.class);

        assertThat(held.notRenewedSince("4711", Instant.now().minusSeconds(120)))
                .containsExactly(SECOND);
    }

    private ClusterLeases withSecondSilent() {
        ClusterInMemory silent = new ClusterInMemory("cluster2") {
            @Override
            public boolean replace(io.fabric8.kubernetes.api.model.HasMetadata object) {
                throw new PassingFault("cluster2 does not answer");
            }
        };
        second.objects().forEach(silent::apply);
        return new ClusterLeases(
                ClustersInMemory.of(first, silent), new LeaseProperties("kube-system", Duration.ofMinutes(2)), held);
    }

    private List<String> holders() {
        return java.util.stream.Stream.of(first, second)
                .map(cluster -> ((Lease) cluster.objects().get(0)).getSpec().getHolderIdentity())
                .toList();
    }
}

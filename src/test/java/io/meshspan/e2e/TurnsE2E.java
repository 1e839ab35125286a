package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One change at a time in a real cluster, whose API server decides whose write comes first. */
class TurnsE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final int DEAD_FOR = 25;

    /** Both were planned against empty clusters; what the first one made is what the second was approved to make. */
    @Test
    void shouldLetTwoChangesOfTheSameClustersTakeTurns() {
        // given
        E2eChange one = fleet().request(version());
        E2eChange other = fleet().request(version());

        // when
        one.approve();
        other.approve();

        // then
        assertThat(one.turn())
                .contains(fleet().first().name(), "Lease meshspan-change")
                .containsAnyOf(one.id(), other.id());
        assertThat(Stream.of(one, other).map(E2eChange::end)).containsOnly(VERIFIED);
        List<E2eChange> inTurn = Stream.of(one, other)
                .sorted(Comparator.comparing(E2eChange::begun))
                .toList();
        assertThat(inTurn.get(1).begun()).isAfter(inTurn.get(0).ended(VERIFIED));
        nobodyHoldsThem();
    }

    @Test
    void shouldTakeOverFromADeadHolderAfterItsTime() {
        // given
        E2eChange e2eChange = fleet().request(version());
        Instant before = Instant.now();
        fleet().last().heldByADeadChange("another-mesh/dead", DEAD_FOR);

        // when
        e2eChange.approve();

        // then
        assertThat(e2eChange.end()).isEqualTo(VERIFIED);
        assertThat(Duration.between(before, e2eChange.begun())).isGreaterThanOrEqualTo(Duration.ofSeconds(DEAD_FOR));
        nobodyHoldsThem();
    }

    private void nobodyHoldsThem() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Stream.of(fleet().first(), fleet().last())
                        .allMatch(cluster -> cluster.holder().isEmpty()));
    }
}

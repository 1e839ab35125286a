package io.meshspan.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.mesh.MeshId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseStateTest {

    private static final Holder MINE = new Holder(new MeshId("mesh1"), "4711");
    private static final Holder OTHER = new Holder(new MeshId("mesh2"), "4712");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DURATION = Duration.ofMinutes(2);

    private final LeaseState absent = LeaseState.absent("kube-system", "meshspan-change");

    @Test
    void shouldBeNobodysWhileItIsNotThere() {
        assertThat(absent.holder()).isEmpty();
        assertThat(absent.duration()).isEmpty();
        assertThat(absent.lease().getMetadata().getResourceVersion()).isNull();
    }

    @Test
    void shouldNameItsHolderAndItsDuration() {
        LeaseState taken = new LeaseState(absent.takenBy(MINE, NOW, DURATION));

        assertThat(taken.holder()).contains("mesh1/4711");
        assertThat(taken.heldBy(OTHER)).isFalse();
        assertThat(taken.duration()).contains(DURATION);
        assertThat(taken.lease().getSpec().getLeaseDurationSeconds()).isEqualTo(120);
    }

    @Test
    void shouldBeWrittenAnewWithEachRenewal() {
        LeaseState taken = new LeaseState(absent.takenBy(MINE, NOW, DURATION));

        LeaseState renewed = new LeaseState(taken.takenBy(MINE, NOW.plusSeconds(60), DURATION));

        assertThat(renewed.written()).isNotEqualTo(taken.written());
        assertThat(renewed.lease().getSpec().getAcquireTime())
                .isEqualTo(taken.lease().getSpec().getAcquireTime());
        assertThat(renewed.lease().getSpec().getLeaseTransitions()).isEqualTo(1);
    }

    @Test
    void shouldCountItsHolders() {
        LeaseState taken = new LeaseState(absent.takenBy(MINE, NOW, DURATION));

        LeaseState next = new LeaseState(taken.takenBy(OTHER, NOW.plus(DURATION), DURATION));

        assertThat(next.heldBy(OTHER)).isTrue();
        assertThat(next.heldBy(MINE)).isFalse();
        assertThat(next.lease().getSpec().getLeaseTransitions()).isEqualTo(2);
    }

    @Test
    void shouldBeNobodysOnceReleased() {
        LeaseState released = new LeaseState(new LeaseState(absent.takenBy(MINE, NOW, DURATION)).released());

        assertThat(released.holder()).isEmpty();
        assertThat(released.heldBy(MINE)).isFalse();
    }
}

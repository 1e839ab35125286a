package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two changes that want the same clusters: the second one waits until the first has ended, whatever way. */
class ClusterTurnsIT {

    private static final String DECIDE = "Decide how to go on";

    private final Fleet fleet = Application.take();
    private Change first = fleet.request();

    @BeforeEach
    void theFirstChangeStandsStillInTheMiddle() {
        first.task("Approve change");
        fleet.cluster(fleet.second()).deny("patch", "secrets");
        first.approve("carla");
        first.task(DECIDE);
        fleet.cluster(fleet.second()).allowAll();
    }

    @Test
    void shouldNameTheHolderInEveryClusterWithOneWrite() {
        assertThat(fleet.clusters()).allSatisfy(cluster -> {
            assertThat(fleet.holder(cluster)).isEqualTo(fleet.mesh() + "/" + first.id());
            assertThat(fleet.leaseWrites(cluster)).isOne();
        });
    }

    @Test
    void shouldLetTheSecondWaitForTheEndOfTheFirst() {
        // given
        Change second = waiting();
        assertThat(second.activities()).doesNotContain("Task_CreateNamespaces");
        assertThat(second.variable("failureText")).isEmpty();

        // when
        first.decide("olivia", DECIDE, Map.of("decision", "stop"));

        // then
        assertThat(first.end()).isEqualTo("EndEvent_ChangeStopped");
        assertThat(first.records()).anyMatch(r -> r.contains(fleet.first() + ", Lease: RELEASED"));
        assertThat(second.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(second.records()).anyMatch(r -> r.contains(fleet.first() + ", Lease: TAKEN"));
        nobodyHoldsThem();
    }

    @Test
    void shouldLetTheSecondGoOnWhenTheFirstIsDeleted() {
        Change second = waiting();

        first.delete();
        assertThat(first.records()).anyMatch(r -> r.contains("change: Deleted"));

        assertThat(second.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldKeepTheClustersWhileAPersonDecides() {
        first.decide("olivia", DECIDE, Map.of("decision", "retry"));

        assertThat(first.end()).isEqualTo("EndEvent_MeshVerified");
        nobodyHoldsThem();
    }

    private Change waiting() {
        Change second = fleet.request();
        second.approve("carla");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> second.records().stream()
                        .anyMatch(r -> r.contains("Lease: REFUSED " + fleet.mesh() + "/" + first.id())));
        return second;
    }

    private void nobodyHoldsThem() {
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        fleet.clusters().stream().allMatch(c -> fleet.holder(c).isEmpty()));
    }
}

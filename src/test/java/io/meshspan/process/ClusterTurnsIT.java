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

    private final ProcessFleet processFleet = TestApplication.take();
    private PlayedChange first = processFleet.request();

    @BeforeEach
    void theFirstChangeStandsStillInTheMiddle() {
        first.task("Approve change");
        processFleet.cluster(processFleet.second()).deny("patch", "secrets");
        first.approve("carla");
        first.task(DECIDE);
        processFleet.cluster(processFleet.second()).allowAll();
    }

    @Test
    void shouldNameTheHolderInEveryClusterWithOneWrite() {
        assertThat(processFleet.clusters()).allSatisfy(cluster -> {
            assertThat(processFleet.holder(cluster)).isEqualTo(processFleet.mesh() + "/" + first.id());
            assertThat(processFleet.leaseWrites(cluster)).isOne();
        });
    }

    @Test
    void shouldLetTheSecondWaitForTheEndOfTheFirst() {
        // given
        PlayedChange second = waiting();
        assertThat(second.activities()).doesNotContain("Task_CreateNamespaces");
        assertThat(second.variable("failureText")).isEmpty();

        // when
        first.decide("olivia", DECIDE, Map.of("decision", "stop"));

        // then
        assertThat(first.end()).isEqualTo("EndEvent_ChangeStopped");
        assertThat(first.records()).anyMatch(r -> r.contains(processFleet.first() + ", Lease: RELEASED"));
        assertThat(second.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(second.records()).anyMatch(r -> r.contains(processFleet.first() + ", Lease: TAKEN"));
        nobodyHoldsThem();
    }

    @Test
    void shouldLetTheSecondGoOnWhenTheFirstIsDeleted() {
        PlayedChange second = waiting();

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

    private PlayedChange waiting() {
        PlayedChange second = processFleet.request();
        second.approve("carla");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> second.records().stream()
                        .anyMatch(r -> r.contains("Lease: REFUSED " + processFleet.mesh() + "/" + first.id())));
        return second;
    }

    private void nobodyHoldsThem() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> processFleet.clusters().stream()
                        .allMatch(c -> processFleet.holder(c).isEmpty()));
    }
}

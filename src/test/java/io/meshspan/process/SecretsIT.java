package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A denied write and a second attempt: what is told of a failure is where a secret would slip in. That none stands
 * anywhere is searched for at the end of every run of tests, for every test in it.
 */
class SecretsIT {

    private final Fleet fleet = Application.take();

    @Test
    void shouldTellOfADeniedSecretWhichOneItIsAndNoMore() {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.second()).deny("patch", "secrets");

        // when
        change.approve("carla");
        change.task("Decide how to go on");
        fleet.cluster(fleet.second()).allowAll();
        change.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }
}

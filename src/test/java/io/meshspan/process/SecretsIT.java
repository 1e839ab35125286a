package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A denied write and a second attempt: what is told of a failure is where a secret would slip in. That none stands
 * anywhere is searched for at the end of every run of tests, for every test in it.
 */
class SecretsIT {

    private final ProcessFleet processFleet = TestApplication.take();

    @Test
    void shouldTellOfADeniedSecretWhichOneItIsAndNoMore() {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.second()).deny("patch", "secrets");

        // when
        playedChange.approve("carla");
        playedChange.task("Decide how to go on");
        processFleet.cluster(processFleet.second()).allowAll();
        playedChange.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
    }
}

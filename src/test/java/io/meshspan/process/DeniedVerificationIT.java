package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A right to measure that was taken away after the preflight is a result of the verification, and said with its remedy. */
@Tag("slow")
class DeniedVerificationIT {

    private static final String DECIDE = "Decide how to go on";

    private final ProcessFleet processFleet = TestApplication.take();

    @ParameterizedTest
    @CsvSource({"pods/exec, exec in Pod sample/curl", "pods/portforward, port-forward to Pod istio-system/istiod"})
    void shouldSayWhichRightLacksOnWhichCluster(String right, String what) {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.second()).deny("create", right);

        // when
        playedChange.approve("carla");
        String shown = playedChange.shown(DECIDE, "failureText");

        // then
        assertThat(shown)
                .contains(processFleet.second() + ", ", "not measured: ", what, "expected permission, found HTTP 403")
                .containsIgnoringCase("allow this service to create " + right)
                .doesNotContain(processFleet.first() + ", calls to", processFleet.first() + ", istiod");
        assertThat(playedChange.records())
                .anyMatch(record -> record.contains("NOT_VERIFIED") && record.contains(right));

        // when
        processFleet.cluster(processFleet.second()).allowAll();
        playedChange.decide("olivia", DECIDE, Map.of("decision", "retry"));

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A right to measure that was taken away after the preflight is a result of the verification, and said with its remedy. */
class DeniedVerificationIT {

    private static final String DECIDE = "Decide how to go on";

    private final Fleet fleet = Application.take();

    @ParameterizedTest
    @CsvSource({"pods/exec, exec in Pod sample/curl", "pods/portforward, port-forward to Pod istio-system/istiod"})
    void shouldSayWhichRightLacksOnWhichCluster(String right, String what) {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.second()).deny("create", right);

        // when
        change.approve("carla");
        String shown = change.shown(DECIDE, "failureText");

        // then
        assertThat(shown)
                .contains(fleet.second() + ", ", "not measured: ", what, "expected permission, found HTTP 403")
                .containsIgnoringCase("allow this service to create " + right)
                .doesNotContain(fleet.first() + ", calls to", fleet.first() + ", istiod");
        assertThat(change.records()).anyMatch(record -> record.contains("NOT_VERIFIED") && record.contains(right));

        // when
        fleet.cluster(fleet.second()).allowAll();
        change.decide("olivia", DECIDE, Map.of("decision", "retry"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.junit.jupiter.api.Test;

/** The configuration names olivia, and nobody else, as somebody who may ask for an urgent change. */
class UrgentChangeIT {

    private final ProcessFleet processFleet = TestApplication.take();

    @Test
    void shouldRefuseAnUrgentRequestOfAnybodyElseAtTheStart() {
        assertThatThrownBy(() -> processFleet.requestUrgently("oscar"))
                .isInstanceOf(AuthorizationException.class)
                .hasMessage("oscar cannot ask for an urgent change; olivia can. Ask for an ordinary one");
    }

    @Test
    void shouldStayMarkedAndStillNeedAnotherPerson() {
        PlayedChange playedChange = processFleet.requestUrgently("olivia");
        Map<String, Object> yes = Map.of("approved", true);

        assertThatThrownBy(() -> playedChange.decide("olivia", "Approve change", yes))
                .isInstanceOf(AuthorizationException.class);
        playedChange.decide("carla", "Approve change", Map.of("approved", false, "comment", "it can wait"));

        assertThat(playedChange.end()).isEqualTo("EndEvent_ChangeRejected");
        assertThat(playedChange.variable("urgent")).isEqualTo("true");
        assertThat(playedChange.records())
                .anyMatch(r -> r.contains("urgent change, asked for by olivia: URGENT a test"))
                .anyMatch(r -> r.contains("decision on plan") && r.contains("REJECTED it can wait"))
                .anyMatch(r -> r.startsWith("Change rejected, null, change: Change rejected"));
    }
}

package io.meshspan.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.approval.GateProperties.PlanGate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeGatesTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ChangeGates gates = new ChangeGates(
            new GateProperties(
                    new PlanGate(true, List.of("change-managers"), WEEK, Duration.ofHours(24)),
                    new GateSettings(true, List.of("network", "security"), WEEK),
                    new GateSettings(true, List.of("owners"), Duration.ofDays(1))),
            new EmergencyProperties(List.of("olivia", "on-call"), List.of("duty")));

    @Test
    void shouldAskEveryGateThatIsOn() {
        assertThat(GateName.values()).allMatch(gate -> gates.asks(gate, false));
        assertThat(gates.deciders(GateName.EXPOSURE, false)).containsExactly("network", "security");
        assertThat(gates.answerWithin(GateName.ACCEPTANCE)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void shouldAskOnlyForThePlanWhenItIsUrgent() {
        assertThat(GateName.values()).filteredOn(gate -> gates.asks(gate, true)).containsExactly(GateName.PLAN);
        assertThat(gates.deciders(GateName.PLAN, true)).containsExactly("duty");
    }

    @Test
    void shouldKnowEveryGroupThatDecides() {
        assertThat(gates.allDeciders()).containsExactly("change-managers", "duty", "network", "owners", "security");
    }

    @Test
    void shouldLetAnApprovalGrowOld() {
        assertThat(gates.valid(NOON, NOON.plus(Duration.ofHours(24)))).isTrue();
        assertThat(gates.valid(NOON, NOON.plus(Duration.ofHours(24)).plusMillis(1)))
                .isFalse();
    }

    @Test
    void shouldLetOnlyNamedPeopleAndGroupsAskForAnUrgentChange() {
        assertThatCode(() -> gates.checkUrgent(new Person("olivia", Set.of()))).doesNotThrowAnyException();
        assertThatCode(() -> gates.checkUrgent(new Person("oscar", Set.of("on-call"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> gates.checkUrgent(new Person("oscar", Set.of("operators"))))
                .hasMessage("oscar cannot ask for an urgent change; olivia or on-call can. Ask for an ordinary one");
    }
}

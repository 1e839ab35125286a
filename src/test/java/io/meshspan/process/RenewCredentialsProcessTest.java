package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** The ways in which the question about credentials that end soon can end. */
class RenewCredentialsProcessTest {

    private static final JavaDelegate NEAR = StubDelegates.sets(Map.of("expiryState", "found"));
    private static final JavaDelegate RENEWED = StubDelegates.sets(Map.of("expiryState", "none"));
    private static final JavaDelegate UNKNOWN = StubDelegates.sets(Map.of("expiryState", "unknown"));

    private final StepHarness stage = StepHarness.cleared();

    @Test
    void shouldEndWhenAPersonDefersTheRenewal() {
        ProcessInstance renewal = started(NEAR);
        assertThat(renewal).task().hasCandidateGroup("operators");

        stage.complete("Task_DecideOnRenewal", Map.of("decision", "defer"));

        assertThat(renewal)
                .isEnded()
                .hasPassedInOrder("Task_CheckExpiry", "Task_DecideOnRenewal", "EndEvent_RenewalDeferred");
    }

    @Test
    void shouldEndWhenTheRequestedRotationHasRenewedThem() {
        ProcessInstance renewal = started(NEAR, RENEWED);
        stage.complete("Task_DecideOnRenewal", Map.of("decision", "renew"));
        assertThat(renewal).isWaitingAt("Gateway_WaitForChange");

        told();
        stage.run("Event_ChangeEnded", "Task_CheckExpiry");

        assertThat(renewal).isEnded().hasPassedInOrder("Event_ChangeEnded", "EndEvent_CredentialsRenewed");
    }

    @Test
    void shouldAskAgainWhenTheRotationEndedWithoutRenewingThem() {
        ProcessInstance renewal = started(NEAR);
        stage.complete("Task_DecideOnRenewal", Map.of("decision", "renew"));

        stage.run("Event_HourPassed", "Task_CheckExpiry");

        assertThat(renewal).isWaitingAt("Task_DecideOnRenewal").hasPassed("Event_HourPassed");
    }

    @Test
    void shouldCloseTheTaskByItselfWhenSomebodyElseRenewsThem() {
        ProcessInstance renewal = started(NEAR, RENEWED);

        told();
        stage.run("Task_CheckExpiry");

        assertThat(renewal).isEnded().hasPassed("BoundaryEvent_ExpiryMoved", "EndEvent_CredentialsRenewed");
        then(stage.running()).isEmpty();
    }

    @Test
    void shouldWaitWhileAClusterDoesNotAnswer() {
        ProcessInstance renewal = started(UNKNOWN, NEAR);
        assertThat(renewal).isWaitingAt("Gateway_WaitForChange");

        stage.run("Event_HourPassed", "Task_CheckExpiry");

        assertThat(renewal).isWaitingAt("Task_DecideOnRenewal");
    }

    @Test
    void shouldEndWhenAnOperatorGivesUpOnACheckThatCannotBeMade() {
        ProcessInstance renewal = started(StubDelegates.fails(FailureCode.FAULT_STAYED, "no answer"));

        assertThat(renewal).isEnded().hasPassed("BoundaryEvent_CheckFailed", "EndEvent_ExpiryNotChecked");
    }

    private void told() {
        stage.engine()
                .getRuntimeService()
                .createMessageCorrelation("ExpiryMoved")
                .correlate();
    }

    private ProcessInstance started(JavaDelegate... checks) {
        stage.play("checkExpiryDelegate", checks);
        ProcessInstance renewal = stage.start("renew-credentials", Map.of());
        stage.run("Task_CheckExpiry");
        return renewal;
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

class CheckDriftProcessTest {

    private static final JavaDelegate FOUND = StubDelegates.sets(Map.of("driftState", "found"));
    private static final JavaDelegate GONE = StubDelegates.sets(Map.of("driftState", "none"));
    private static final JavaDelegate UNKNOWN = StubDelegates.sets(Map.of("driftState", "unknown"));

    private final StepHarness stage = StepHarness.cleared();

    @Test
    void shouldAskNobodyIfTheDriftIsGoneAtTheSecondLook() {
        ProcessInstance drift = started(GONE);

        assertThat(drift).isEnded().hasPassed("EndEvent_MeshAsDeclared").hasNotPassed("Task_DecideOnDrift");
    }

    @Test
    void shouldEndWhenAPersonAcceptsTheDrift() {
        ProcessInstance drift = started(FOUND);
        assertThat(drift).task().hasCandidateGroup("operators");

        stage.complete("Task_DecideOnDrift", Map.of("decision", "accept"));

        assertThat(drift).isEnded().hasPassedInOrder("Task_CheckDrift", "Task_DecideOnDrift", "EndEvent_DriftAccepted");
    }

    @Test
    void shouldEndWhenAPersonIgnoresTheDriftForNow() {
        ProcessInstance drift = started(FOUND);

        stage.complete("Task_DecideOnDrift", Map.of("decision", "ignore"));

        assertThat(drift).isEnded().hasPassed("EndEvent_DriftIgnored").hasNotPassed("EndEvent_DriftAccepted");
    }

    @Test
    void shouldEndWhenTheRepairHasEndedAndTheDriftIsGone() {
        ProcessInstance drift = started(FOUND, GONE);
        stage.complete("Task_DecideOnDrift", Map.of("decision", "repair"));
        assertThat(drift).isWaitingAt("Gateway_WaitForChange");

        stage.moved();
        stage.run("Event_ChangeEnded", "Task_CheckDrift");

        assertThat(drift).isEnded().hasPassedInOrder("Event_ChangeEnded", "EndEvent_MeshAsDeclared");
    }

    @Test
    void shouldAskAgainWhenTheRepairHasNotRemovedTheDrift() {
        ProcessInstance drift = started(FOUND);
        stage.complete("Task_DecideOnDrift", Map.of("decision", "repair"));

        stage.run("Event_HourPassed", "Task_CheckDrift");

        assertThat(drift).isWaitingAt("Task_DecideOnDrift").hasPassed("Event_HourPassed");
    }

    @Test
    void shouldCloseTheTaskByItselfWhenTheDriftIsGone() {
        ProcessInstance drift = started(FOUND, GONE);

        stage.moved();
        stage.run("Task_CheckDrift");

        assertThat(drift).isEnded().hasPassed("BoundaryEvent_DriftMoved", "EndEvent_MeshAsDeclared");
    }

    @Test
    void shouldAskAboutTheNewestDrift() {
        ProcessInstance drift = started(FOUND);
        String first =
                stage.engine().getTaskService().createTaskQuery().singleResult().getId();

        stage.moved();
        stage.run("Task_CheckDrift");

        assertThat(drift).isWaitingAt("Task_DecideOnDrift");
        then(stage.engine().getTaskService().createTaskQuery().singleResult().getId())
                .isNotEqualTo(first);
    }

    @Test
    void shouldWaitWhileAChangeWorksOnTheMesh() {
        ProcessInstance drift = started(UNKNOWN, FOUND);
        assertThat(drift).isWaitingAt("Gateway_WaitForChange");

        stage.run("Event_HourPassed", "Task_CheckDrift");

        assertThat(drift).isWaitingAt("Task_DecideOnDrift");
    }

    @Test
    void shouldEndWhenAnOperatorGivesUpOnACheckThatCannotBeMade() {
        ProcessInstance drift = started(StubDelegates.fails(FailureCode.FAULT_STAYED, "no answer"));

        assertThat(drift).isEnded().hasPassed("BoundaryEvent_CheckFailed", "EndEvent_DriftNotChecked");
    }

    private ProcessInstance started(JavaDelegate... checks) {
        stage.play("checkDriftDelegate", checks);
        ProcessInstance drift = stage.start("check-drift", Map.of());
        stage.run("Task_CheckDrift");
        return drift;
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrepareChangeProcessTest {

    private final StepHarness stage = StepHarness.cleared();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWithTheDecisionOnThePlan(boolean approved) {
        ProcessInstance preparation = stage.start("prepare-change", Map.of());
        stage.run("Task_RunPreflight", "Task_ComputePlan");
        assertThat(preparation).task().hasDefinitionKey("Task_ApproveChange").hasCandidateGroup("change-managers");

        stage.complete("Task_ApproveChange", Map.of("approved", approved));
        if (approved) {
            stage.run("CallActivity_AcquireLeases", "Task_AcquireLeases");
        }

        assertThat(preparation)
                .isEnded()
                .hasPassed(approved ? "EndEvent_ChangeDecided" : "EndEvent_ChangeRejected")
                .hasPassedInOrder("Task_RunPreflight", "Task_ComputePlan", "Task_ApproveChange")
                .hasNotPassed("CallActivity_ResolveFailure");
        then(stage.variable(preparation, "approved")).isEqualTo(approved);
    }

    @Test
    void shouldLookAtTheClustersAgainWhenAPersonTriesAgain() {
        stage.play(
                "runPreflightDelegate",
                StubDelegates.fails(FailureCode.PREFLIGHT_FAILED, "roots differ"),
                StubDelegates.SUCCEEDS);
        ProcessInstance preparation = stage.start("prepare-change", Map.of());
        stage.run("Task_RunPreflight");
        then(String.valueOf(stage.variable(preparation, "failureText"))).contains("roots differ");

        stage.resolve(Map.of("decision", "retry"));
        stage.run("Task_RunPreflight");

        assertThat(preparation).isWaitingAt("Task_ComputePlan");
    }

    @Test
    void shouldComeBackToThePreflightWhenThePlanFailed() {
        stage.play(
                "computePlanDelegate",
                StubDelegates.fails(FailureCode.CHARTS_UNUSABLE, "no chart"),
                StubDelegates.SUCCEEDS);
        ProcessInstance preparation = stage.start("prepare-change", Map.of());
        stage.run("Task_RunPreflight", "Task_ComputePlan");

        stage.resolve(Map.of("decision", "retry"));
        stage.run("Task_RunPreflight", "Task_ComputePlan");

        assertThat(preparation).isWaitingAt("Task_ApproveChange");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAskForTheExposureWhereTheGateIsOn(boolean approved) {
        stage.gates().askForExposure();
        ProcessInstance preparation = planned();
        stage.complete("Task_ApproveChange", Map.of("approved", true));
        assertThat(preparation).task().hasDefinitionKey("Task_ApproveExposure").hasCandidateGroup("change-managers");

        stage.complete("Task_ApproveExposure", Map.of("approved", approved));

        if (approved) {
            assertThat(preparation).isWaitingAt("CallActivity_AcquireLeases");
        } else {
            assertThat(preparation).isEnded().hasPassed("EndEvent_ChangeRejected");
            then(stage.calls()).doesNotContain("acquireLeases");
        }
    }

    @Test
    void shouldNotAskForTheExposureOfARejectedPlan() {
        stage.gates().askForExposure();
        ProcessInstance preparation = planned();

        stage.complete("Task_ApproveChange", Map.of("approved", false));

        assertThat(preparation).isEnded().hasNotPassed("Task_ApproveExposure");
    }

    @Test
    void shouldComeBackToTheApproverWhenTheApprovalIsOutdated() {
        ProcessInstance preparation = planned();
        stage.complete("Task_ApproveChange", Map.of("approved", true));
        stage.gates().approvalValid(false);

        stage.run("CallActivity_AcquireLeases");

        assertThat(preparation).hasPassed("BoundaryEvent_ApprovalOutdated").isWaitingAt("Task_RunPreflight");
        then(stage.calls()).doesNotContain("acquireLeases");
        stage.run("Task_RunPreflight", "Task_ComputePlan");
        assertThat(preparation).isWaitingAt("Task_ApproveChange");
    }

    private ProcessInstance planned() {
        ProcessInstance preparation = stage.start("prepare-change", Map.of());
        stage.run("Task_RunPreflight", "Task_ComputePlan");
        return preparation;
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.engine.model.JsonVariable;
import io.meshspan.finding.FailureCode;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a renewal of bound tokens can end. Nobody is asked unless something fails. */
class RenewRemoteTokensProcessTest extends HappyPath {

    RenewRemoteTokensProcessTest() {
        super("renew-remote-tokens");
    }

    @BeforeEach
    void approvedByDeclaration() {
        stage.play("approveRenewalDelegate", approves(Instant.now()));
    }

    @Test
    void shouldReplaceTheTokensWithoutAskingAnybody() {
        ProcessInstance renewal = held();
        swapped();
        meshVerified();
        stage.run("CallActivity_RetireTokens", "Task_DeleteOldTokens");
        waited("CallActivity_WaitUntilRefused");
        waited("CallActivity_WaitForSync");
        stage.run("Task_RecordRotation");

        assertThat(renewal)
                .isEnded()
                .hasPassedInOrder(
                        "Task_RunPreflight",
                        "Task_ComputePlan",
                        "Task_ApproveRenewal",
                        "CallActivity_AcquireLeases",
                        "CallActivity_ReplaceTokens",
                        "EndEvent_MeshVerified");
        then(stage.calls())
                .containsSubsequence(
                        "approveRenewal",
                        "acquireLeases",
                        "createReaderTokens",
                        "swapRemoteSecrets",
                        "reportVerification",
                        "deleteOldTokens",
                        "recordRotation");
        then(stage.engine()
                        .getHistoryService()
                        .createHistoricTaskInstanceQuery()
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runPreflight", "computePlan", "approveRenewal"})
    void shouldAskAnOperatorIfItCannotBegin(String step) {
        stage.play(step + "Delegate", StubDelegates.fails(FailureCode.PREFLIGHT_FAILED, "a right is missing"));
        ProcessInstance renewal = planned();

        stage.resolve(RETRY);
        stage.run("Task_RunPreflight");
        runIfThere("Task_ComputePlan");
        runIfThere("Task_ApproveRenewal");
        stage.resolve(STOP);

        assertThat(renewal)
                .isEnded()
                .hasPassed("BoundaryEvent_ResolutionStopped", "EndEvent_PreparationStopped")
                .hasNotPassed("CallActivity_ReplaceTokens");
    }

    @Test
    void shouldPlanAgainIfTheClustersWereHeldForTooLong() {
        stage.gates().approvalValid(false);
        ProcessInstance renewal = planned();
        stage.run("CallActivity_AcquireLeases");
        stage.gates().approvalValid(true);
        stage.run("Task_RunPreflight", "Task_ComputePlan", "Task_ApproveRenewal");
        stage.run("CallActivity_AcquireLeases", "Task_AcquireLeases");

        assertThat(renewal).hasPassed("BoundaryEvent_ApprovalOutdated").isWaitingAt("CallActivity_ReplaceTokens");
    }

    @Test
    void shouldEndIfAnOperatorStopsTheWaitForTheClusters() {
        stage.play("acquireLeasesDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance renewal = planned();
        stage.run("CallActivity_AcquireLeases", "Task_AcquireLeases");

        stage.resolve(STOP);

        assertThat(renewal).isEnded().hasPassed("BoundaryEvent_LeasesStopped", "EndEvent_PreparationStopped");
    }

    @Test
    void shouldStopOrRollBackIfTheSwapFails() {
        stage.play("swapRemoteSecretsDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance stopped = failedSwap();
        stage.resolve(STOP);
        assertThat(stopped).isEnded().hasPassed("BoundaryEvent_ReplacementStopped", "EndEvent_ChangeStopped");

        stage.written();
        ProcessInstance rolledBack = failedSwap();
        stage.resolve(Map.of("decision", "rollBack"));
        stage.run("CallActivity_RollBack");
        assertThat(rolledBack).hasPassed("StartEvent_RollBackChosen").hasNotPassed("EndEvent_MeshVerified");
    }

    @Test
    void shouldAskForAnApprovalIfAStepWouldDoSomethingElse() {
        stage.play("createReaderTokensDelegate", StubDelegates.fails(FailureCode.PLAN_MOVED, "another Secret"));
        ProcessInstance renewal = held();
        stage.run("CallActivity_ReplaceTokens", "Task_CreateReaderTokens");
        stage.run("CallActivity_ApproveChangedPlan", "Task_ComputePlanAgain");

        stage.complete("Task_ApproveChangedPlan", Map.of("approved", false));

        assertThat(renewal).isEnded().hasPassed("BoundaryEvent_ChangedPlanRejected", "EndEvent_ChangedPlanRejected");
    }

    @Test
    void shouldKeepTheOldTokensIfTheMeshIsNotVerified() {
        stage.play(
                "reportVerificationDelegate",
                StubDelegates.sets(Map.of("verified", false, "failureText", "no answer")));
        ProcessInstance renewal = held();
        swapped();
        meshVerified();
        stage.resolve(STOP);

        assertThat(renewal).isEnded().hasPassed("EndEvent_VerificationFailed");
        then(stage.calls()).doesNotContain("deleteOldTokens");
    }

    private static JavaDelegate approves(Instant at) {
        return StubDelegates.sets(Map.of(
                "approval", JsonVariable.of(Map.of("approved", true, "by", "declared mesh", "at", at.toString()))));
    }

    private ProcessInstance planned() {
        ProcessInstance renewal = stage.start(
                "renew-remote-tokens",
                Map.of("mesh", JsonVariable.of(StubDelegates.MESH), "keepSample", false, "urgent", false));
        stage.run("Task_RunPreflight");
        runIfThere("Task_ComputePlan");
        runIfThere("Task_ApproveRenewal");
        return renewal;
    }

    private void runIfThere(String task) {
        if (!stage.jobs(task).isEmpty()) {
            stage.run(task);
        }
    }

    private ProcessInstance held() {
        ProcessInstance renewal = planned();
        stage.run("CallActivity_AcquireLeases", "Task_AcquireLeases");
        return renewal;
    }

    private ProcessInstance failedSwap() {
        ProcessInstance renewal = held();
        stage.run("CallActivity_ReplaceTokens", "Task_CreateReaderTokens");
        waited("CallActivity_WaitForTokens");
        stage.run("Task_SwapRemoteSecrets");
        return renewal;
    }

    private void swapped() {
        stage.run("CallActivity_ReplaceTokens", "Task_CreateReaderTokens");
        waited("CallActivity_WaitForTokens");
        stage.run("Task_SwapRemoteSecrets", "Task_RestartIstiod");
        waited("CallActivity_WaitForIstiod");
        stage.run("CallActivity_WaitForIstiod");
        waited("CallActivity_WaitForSync");
        waited("CallActivity_WaitForEndpoints");
    }
}

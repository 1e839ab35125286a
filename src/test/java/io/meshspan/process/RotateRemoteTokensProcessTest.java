package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which a rotation of remote tokens can end. */
class RotateRemoteTokensProcessTest extends HappyPath {

    RotateRemoteTokensProcessTest() {
        super("rotate-remote-tokens");
    }

    @BeforeEach
    void checked() {
        stage.play("checkRotationDelegate", StubDelegates.checkInputs());
    }

    @Test
    void shouldDeleteTheOldTokensOnceTheMeshIsVerifiedWithTheNewOnes() {
        ProcessInstance change = swapped();
        meshVerified();
        retired();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls())
                .containsSubsequence(
                        "createReaderTokens",
                        "swapRemoteSecrets",
                        "restartIstiod",
                        "reportVerification",
                        "deleteOldTokens",
                        "recordRotation");
    }

    @Test
    void shouldSwapNothingWhileANewTokenIsNotFilledIn() {
        ProcessInstance change = prepared(true);
        stage.run(
                "CallActivity_ReplaceTokens",
                "Task_CreateReaderTokens",
                "CallActivity_WaitForTokens",
                "Task_WatchCondition");

        then(stage.calls()).doesNotContain("swapRemoteSecrets");
        stage.run("Event_LimitReached", "Task_DescribeWait");
        stage.resolve(STOP);
        assertThat(change).isEnded().hasPassed("EndEvent_ChangeStopped");
    }

    @Test
    void shouldRollBackUntilTheOldTokensAreDeleted() {
        stage.written();
        stage.play("swapRemoteSecretsDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance change = prepared(true);
        stage.run("CallActivity_ReplaceTokens", "Task_CreateReaderTokens");
        waited("CallActivity_WaitForTokens");
        stage.run("Task_SwapRemoteSecrets");

        stage.resolve(Map.of("decision", "rollBack"));
        stage.run("CallActivity_RollBack");

        assertThat(change).hasPassed("StartEvent_RollBackChosen").hasNotPassed("CallActivity_AcceptResult");
    }

    @Test
    void shouldDeleteNothingIfTheMeshIsNotVerified() {
        stage.play(
                "reportVerificationDelegate",
                StubDelegates.sets(Map.of("verified", false, "failureText", "no answer")));
        ProcessInstance change = swapped();
        stage.run("CallActivity_VerifyMesh");
        waited("CallActivity_WaitForSync");
        stage.run("Task_DeploySample");
        waited("CallActivity_WaitForSample");
        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_VerificationFailed");
        then(stage.calls()).doesNotContain("deleteOldTokens");
    }

    @Test
    void shouldGoOnWithTheDeletionOrStopThereWhenItFails() {
        stage.play("deleteOldTokensDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance change = swapped();
        meshVerified();
        stage.run("CallActivity_RetireTokens", "Task_DeleteOldTokens");
        stage.resolve(RETRY);
        stage.run("Task_DeleteOldTokens");
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_ChangeStopped").hasNotPassed("CallActivity_AcceptResult");
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        assertThat(prepared(false))
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("CallActivity_ReplaceTokens");
    }

    private ProcessInstance swapped() {
        ProcessInstance change = prepared(true);
        stage.run("CallActivity_ReplaceTokens", "Task_CreateReaderTokens");
        waited("CallActivity_WaitForTokens");
        stage.run("Task_SwapRemoteSecrets", "Task_RestartIstiod");
        waited("CallActivity_WaitForIstiod");
        stage.run("CallActivity_WaitForIstiod");
        waited("CallActivity_WaitForSync");
        waited("CallActivity_WaitForEndpoints");
        return change;
    }

    private void retired() {
        stage.run("CallActivity_RetireTokens", "Task_DeleteOldTokens");
        waited("CallActivity_WaitUntilRefused");
        waited("CallActivity_WaitForSync");
        stage.run("Task_RecordRotation");
    }
}

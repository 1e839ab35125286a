package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.engine.model.MeshVariable;
import io.meshspan.finding.FailureCode;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyMeshProcessTest {

    private static final JavaDelegate INCOMPLETE = StubDelegates.sets(Map.of("callAgain", true));
    private static final JavaDelegate COMPLETE = StubDelegates.sets(Map.of("callAgain", false));
    private static final JavaDelegate VERIFIED = StubDelegates.sets(Map.of("verified", true));
    private static final JavaDelegate NOT_VERIFIED =
            StubDelegates.sets(Map.of("verified", false, "failureText", "cluster1 never met v2"));

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void everythingWorks() {
        stage.play("checkInputsDelegate", execution -> MeshVariable.write(execution, StubDelegates.MESH));
        stage.play("watchConditionDelegate", StubDelegates.watch());
        stage.play("describeWaitDelegate", StubDelegates.sets(Map.of("failureText", "not yet")));
        stage.play("startCallsDelegate", StubDelegates.watch());
        stage.play("noteAnswersDelegate", COMPLETE);
        stage.play("reportVerificationDelegate", VERIFIED);
    }

    @Test
    void shouldRemoveTheSampleFromAVerifiedMesh() {
        ProcessInstance verification = sampleRuns(false);

        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");

        assertThat(verification)
                .isEnded()
                .hasPassedInOrder(
                        "CallActivity_WaitForSync",
                        "Task_DeploySample",
                        "CallActivity_WaitForSample",
                        "CallActivity_CallHelloWorld",
                        "Task_ReportVerification",
                        "Task_RemoveSample",
                        "EndEvent_MeshVerified")
                .hasNotPassed("Event_MomentPassed", "CallActivity_ResolveFailure");
    }

    @Test
    void shouldKeepTheSampleWhenAsked() {
        ProcessInstance verification = sampleRuns(true);

        stage.called();
        stage.run("Task_ReportVerification");

        assertThat(verification).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("Task_RemoveSample");
    }

    @Test
    void shouldCallAgainWhileThatMayHelp() {
        stage.play("noteAnswersDelegate", INCOMPLETE, INCOMPLETE, COMPLETE);
        ProcessInstance verification = sampleRuns(false);

        stage.called();
        stage.run("Event_MomentPassed");
        stage.called();
        stage.run("Event_MomentPassed");
        stage.called();

        then(stage.calls())
                .endsWith("startCalls", "noteAnswers", "startCalls", "noteAnswers", "startCalls", "noteAnswers");
        assertThat(verification).isWaitingAt("Task_ReportVerification");
    }

    @Test
    void shouldGoOnMeasuringWhenControlPlanesDoNotSyncInTime() {
        ProcessInstance verification = start(false);
        stage.run("CallActivity_WaitForSync", "Task_WatchCondition", "Event_LimitReached", "Task_DescribeWait");

        assertThat(verification)
                .hasPassed("BoundaryEvent_SyncWaitEnded")
                .isWaitingAt("Task_DeploySample")
                .hasNotPassed("CallActivity_ResolveFailure");
    }

    @Test
    void shouldGoOnMeasuringWhenTheSampleDoesNotStartInTime() {
        ProcessInstance verification = start(false);
        waited("CallActivity_WaitForSync");
        stage.run("Task_DeploySample", "CallActivity_WaitForSample", "Task_WatchCondition");

        stage.run("Event_LimitReached", "Task_DescribeWait");

        assertThat(verification)
                .hasPassed("BoundaryEvent_SampleWaitEnded")
                .isWaitingAt("CallActivity_CallHelloWorld")
                .hasNotPassed("CallActivity_ResolveFailure");
    }

    @Test
    void shouldAskAPersonWhenTheSampleCannotBeDeployed() {
        stage.play("deploySampleDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance verification = start(false);
        waited("CallActivity_WaitForSync");

        stage.run("Task_DeploySample");

        assertThat(verification).isWaitingAt("CallActivity_ResolveFailure").hasPassed("BoundaryEvent_StepFailed");
        then(stage.variable(verification, "failureCode")).isEqualTo("DENIED");
    }

    @ParameterizedTest
    @CsvSource({
        "noteAnswersDelegate, BoundaryEvent_StepFailed",
        "reportVerificationDelegate, BoundaryEvent_StepFailed",
        "removeSampleDelegate, BoundaryEvent_StepFailed"
    })
    void shouldAskAPersonWhereverItCannotGoOn(String delegate, String boundary) {
        List<String> steps = List.of("Task_ReportVerification", "Task_RemoveSample");
        stage.play(delegate, StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance verification = sampleRuns(false);

        stage.called();
        steps.stream().takeWhile(step -> stage.jobs(step).size() == 1).forEach(stage::run);

        assertThat(verification).isWaitingAt("CallActivity_ResolveFailure").hasPassed(boundary);
    }

    @Test
    void shouldVerifyAgainFromTheStartWhenAPersonSaysSo() {
        stage.play("reportVerificationDelegate", NOT_VERIFIED, VERIFIED);
        ProcessInstance verification = sampleRuns(false);
        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");
        assertThat(verification).isWaitingAt("CallActivity_ResolveFailure");

        stage.resolve(Map.of("decision", "retry"));
        waited("CallActivity_WaitForSync");
        stage.run("Task_DeploySample");
        waited("CallActivity_WaitForSample");
        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");

        assertThat(verification).isEnded().hasPassed("EndEvent_MeshVerified");
    }

    @Test
    void shouldVerifyTheOthersWhenAPersonLeavesAClusterOut() {
        JavaDelegate onlyCluster2 = StubDelegates.sets(
                Map.of("verified", false, "failureText", "nobody met v2", "failedCluster", "cluster2"));
        stage.play("reportVerificationDelegate", onlyCluster2, VERIFIED);
        ProcessInstance verification = sampleRuns(false);
        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");

        stage.resolve(Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets", "Task_ReleaseLease");
        waited("CallActivity_WaitForSync");
        stage.run("Task_DeploySample");
        waited("CallActivity_WaitForSample");
        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");

        assertThat(verification).isEnded().hasPassed("EndEvent_MeshVerified");
        then(stage.calls()).contains("revokeRemoteSecrets cluster2", "releaseLease cluster2");
    }

    @Test
    void shouldCheckWhichMeshIsMeantWhenStartedAlone() {
        ProcessInstance verification = asked(false);

        assertThat(verification).hasPassed("Task_CheckInputs").isWaitingAt("CallActivity_PrepareChange");
        then(stage.calls()).containsExactly("checkInputs");
    }

    /** The sample puts pods into clusters: nobody does that without a plan, an approval and the clusters' Leases. */
    @Test
    void shouldTouchNoClusterBeforeItsOwnApproval() {
        ProcessInstance verification = start(false);

        assertThat(verification).isWaitingAt("CallActivity_WaitForSync");
        then(stage.calls()).containsExactly("checkInputs", "runPreflight", "computePlan", "acquireLeases");
    }

    @Test
    void shouldEndAsRejectedWhenSomebodySaysNo() {
        ProcessInstance verification = asked(false);
        planned();

        stage.complete("Task_ApproveChange", Map.of("approved", false));

        assertThat(verification)
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("CallActivity_WaitForSync", "Task_DeploySample");
        then(stage.calls()).doesNotContain("acquireLeases");
    }

    @Test
    void shouldEndAsExpiredWhenNobodyAnswers() {
        ProcessInstance verification = asked(false);
        planned();

        stage.run("BoundaryEvent_ApprovalExpired");

        assertThat(verification).isEnded().hasPassed("EndEvent_ApprovalExpired").hasNotPassed("Task_DeploySample");
    }

    @Test
    void shouldEndAsStoppedWhenItCannotBePrepared() {
        stage.play("runPreflightDelegate", StubDelegates.fails(FailureCode.PREFLIGHT_FAILED, "the namespace is taken"));
        ProcessInstance verification = asked(false);
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight");

        stage.resolve(Map.of("decision", "stop"));

        assertThat(verification).isEnded().hasPassed("EndEvent_ChangeStopped").hasNotPassed("Task_DeploySample");
    }

    @Test
    void shouldRefuseToStartAloneForAMeshThatMakesNoSense() {
        stage.play("checkInputsDelegate", execution -> {
            throw new BadUserRequestException("cluster-x is not in the inventory");
        });

        assertThatThrownBy(() -> asked(false)).hasMessageContaining("cluster-x");

        then(stage.everStarted()).isEmpty();
    }

    @Test
    void shouldEndAsNotVerifiedWhenStartedAloneAndAPersonGivesUp() {
        stage.play("reportVerificationDelegate", NOT_VERIFIED);
        ProcessInstance verification = sampleRuns(false);
        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");

        stage.resolve(Map.of("decision", "stop"));

        assertThat(verification)
                .isEnded()
                .hasPassed("EndEvent_MeshNotVerified")
                .hasNotPassed("EndEvent_VerificationFailed", "EndEvent_MeshVerified");
    }

    /** An error that nobody catches would end the process as if all were well. */
    @Test
    void shouldNotTakeAnUnexpectedRefusalForAnEnd() {
        ProcessInstance alone = stage.start("await-condition", Map.of("condition", "sample-ready"));
        stage.play("watchConditionDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));

        assertThatThrownBy(() -> stage.run("Task_WatchCondition")).hasMessageContaining("HTTP 403");

        assertThat(alone).isNotEnded().isWaitingAt("Task_WatchCondition");
    }

    private ProcessInstance asked(boolean keepSample) {
        return stage.start("verify-mesh", Map.of("keepSample", keepSample));
    }

    private void planned() {
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight", "Task_ComputePlan");
    }

    private ProcessInstance start(boolean keepSample) {
        ProcessInstance verification = asked(keepSample);
        planned();
        stage.complete("Task_ApproveChange", Map.of("approved", true));
        stage.run("CallActivity_AcquireLeases", "Task_AcquireLeases");
        return verification;
    }

    private ProcessInstance sampleRuns(boolean keepSample) {
        ProcessInstance verification = start(keepSample);
        waited("CallActivity_WaitForSync");
        stage.run("Task_DeploySample");
        waited("CallActivity_WaitForSample");
        return verification;
    }

    private void waited(String callActivity) {
        stage.run(callActivity, "Task_WatchCondition");
        stage.met();
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.engine.model.JsonVariable;
import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyOnScheduleProcessTest {

    private static final JavaDelegate FAILED = StubDelegates.sets(Map.of("skipped", false));

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void everythingWorks() {
        stage.play("watchConditionDelegate", StubDelegates.watch());
        stage.play("startCallsDelegate", StubDelegates.watch());
        stage.play("noteAnswersDelegate", StubDelegates.sets(Map.of("callAgain", false)));
        stage.play("reportVerificationDelegate", StubDelegates.sets(Map.of("verified", true)));
        stage.play("concludeVerificationDelegate", FAILED);
    }

    @Test
    void shouldVerifyAndRemoveTheSampleWithoutAskingAnybody() {
        ProcessInstance verification = verifies();

        reported();

        assertThat(verification)
                .isEnded()
                .hasPassedInOrder(
                        "Task_RunPreflight",
                        "Task_ComputePlan",
                        "Task_ApproveBySchedule",
                        "Task_AcquireLeases",
                        "CallActivity_VerifyMesh",
                        "EndEvent_MeshVerified")
                .hasNotPassed("Task_ConcludeVerification");
        then(stage.calls())
                .containsSubsequence("approveBySchedule", "acquireLeases", "deploySample", "removeSample")
                .doesNotContain("checkInputs");
    }

    @Test
    void shouldEndAsNotVerifiedWithoutAskingAnybodyIfTheMeshDoesNotWork() {
        stage.play(
                "reportVerificationDelegate",
                StubDelegates.sets(Map.of("verified", false, "failureText", "cluster1 never met v2")));
        ProcessInstance verification = verifies();

        reported();
        stage.run("Task_ConcludeVerification");

        assertThat(verification)
                .isEnded()
                .hasPassed("BoundaryEvent_StepFailed", "EndEvent_MeshNotVerified")
                .hasNotPassed("EndEvent_MeshVerified", "EndEvent_VerificationSkipped");
        then(stage.variable(verification, "failureText")).isEqualTo("cluster1 never met v2");
        then(stage.engine().getTaskService().createTaskQuery().count()).isZero();
    }

    @Test
    void shouldEndAsNotVerifiedIfAStepOfTheVerificationFails() {
        stage.play("deploySampleDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance verification = held();
        stage.run("CallActivity_VerifyMesh");
        waited("CallActivity_WaitForSync");

        stage.run("Task_DeploySample", "Task_ConcludeVerification");

        assertThat(verification).isEnded().hasPassed("EndEvent_MeshNotVerified");
        then(stage.variable(verification, "failureText")).asString().contains("HTTP 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runPreflight", "computePlan", "approveBySchedule", "acquireLeases"})
    void shouldEndAsNotVerifiedIfItCannotBegin(String step) {
        stage.play(step + "Delegate", StubDelegates.fails(FailureCode.PREFLIGHT_FAILED, "the namespace is taken"));
        ProcessInstance verification = due();

        for (String task : new String[] {"RunPreflight", "ComputePlan", "ApproveBySchedule", "AcquireLeases"}) {
            if (!stage.jobs("Task_" + task).isEmpty()) {
                stage.run("Task_" + task);
            }
        }
        stage.run("Task_ConcludeVerification");

        assertThat(verification)
                .isEnded()
                .hasPassed("EndEvent_MeshNotVerified")
                .hasNotPassed("CallActivity_VerifyMesh");
    }

    @Test
    void shouldBeSkippedIfAnotherChangeHoldsACluster() {
        stage.play(
                "acquireLeasesDelegate",
                StubDelegates.sets(Map.of("clustersHeld", false, "failureText", "held by a change")));
        stage.play("concludeVerificationDelegate", StubDelegates.sets(Map.of("skipped", true)));
        ProcessInstance verification = held();

        stage.run("Task_ConcludeVerification");

        assertThat(verification)
                .isEnded()
                .hasPassed("EndEvent_ClustersBusy", "EndEvent_VerificationSkipped")
                .hasNotPassed("CallActivity_VerifyMesh");
        then(stage.variable(verification, "failureCode")).isEqualTo("CLUSTERS_BUSY");
        then(stage.calls()).doesNotContain("deploySample");
    }

    /** Also while a step has no attempt left: nobody need be there at night. */
    @Test
    void shouldGiveTheClustersBackAtItsLimit() {
        ProcessInstance verification = verifies();

        stage.run("BoundaryEvent_LimitReached", "Task_ConcludeVerification");

        assertThat(verification).isEnded().hasPassed("BoundaryEvent_LimitReached", "EndEvent_MeshNotVerified");
        then(stage.running()).isEmpty();
    }

    @Test
    void shouldEndAsNotVerifiedIfItCannotBeConcluded() {
        stage.play("runPreflightDelegate", StubDelegates.fails(FailureCode.PREFLIGHT_FAILED, "the namespace is taken"));
        stage.play("concludeVerificationDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance verification = due();

        stage.run("Task_RunPreflight", "Task_ConcludeVerification");

        assertThat(verification).isEnded().hasPassed("BoundaryEvent_ConclusionFailed", "EndEvent_MeshNotVerified");
    }

    private ProcessInstance due() {
        return stage.start(
                "verify-on-schedule",
                Map.of("mesh", JsonVariable.of(StubDelegates.MESH), "keepSample", false, "verifyWithin", "PT20M"));
    }

    private ProcessInstance held() {
        ProcessInstance verification = due();
        stage.run("Task_RunPreflight", "Task_ComputePlan", "Task_ApproveBySchedule", "Task_AcquireLeases");
        return verification;
    }

    private ProcessInstance verifies() {
        ProcessInstance verification = held();
        stage.run("CallActivity_VerifyMesh");
        waited("CallActivity_WaitForSync");
        stage.run("Task_DeploySample");
        waited("CallActivity_WaitForSample");
        return verification;
    }

    private void reported() {
        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");
    }

    private void waited(String callActivity) {
        stage.run(callActivity, "Task_WatchCondition");
        stage.met();
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Arrays;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which a change of the root can go on and end; what each phase writes is played. */
class RotateRootProcessTest extends HappyPath {

    RotateRootProcessTest() {
        super("rotate-root");
    }

    @BeforeEach
    void checked() {
        stage.play("checkRotationDelegate", StubDelegates.checkInputs());
        begins(1, 2, 3);
        stage.play("recordRootsDelegate", StubDelegates.sets(Map.of("renewSince", "2026-11-30T01:00:00Z")));
        stage.play("renewWorkloadDelegate", StubDelegates.sets(Map.of("restarted", false)));
        stage.play("reportPhaseDelegate", StubDelegates.sets(Map.of("proxiesRenewed", true, "failureText", "stopped")));
    }

    /** Phase 0: there is none before the first one. */
    private void begins(int... phases) {
        stage.play(
                "beginPhaseDelegate",
                Arrays.stream(phases)
                        .mapToObj(phase -> StubDelegates.sets(
                                Map.of("phase", phase, "phaseAt", "2026-11-30T01:00:00Z", "phaseFollows", phase > 0)))
                        .toArray(JavaDelegate[]::new));
    }

    private ProcessInstance begun() {
        ProcessInstance change = prepared(true);
        stage.run("CallActivity_ChangePhases", "Task_BeginPhase");
        return change;
    }

    private void applied() {
        stage.run("CallActivity_ApplyPhase", "Task_ReplaceCacerts", "Task_RestartIstiod");
        waited("CallActivity_WaitForIstiod");
        stage.run("CallActivity_WaitForIstiod");
        waited("CallActivity_WaitForRoots");
        waited("CallActivity_WaitForSync");
        stage.run(
                "Task_RecordRoots",
                "CallActivity_RenewWorkloads",
                "Task_RestartWorkload",
                "CallActivity_RenewWorkloads");
    }

    private void phaseDone() {
        applied();
        meshVerified();
        stage.run("Task_ReportPhase");
    }

    private void choose(String decision) {
        stage.complete("Task_ChooseNextPhase", Map.of("decision", decision));
    }

    @Test
    void shouldChangeTheRootPhaseByPhaseAndAskAfterEach() {
        ProcessInstance change = begun();
        phaseDone();
        choose("next");
        stage.run("Task_BeginPhase");
        phaseDone();
        choose("next");
        stage.run("Task_BeginPhase");
        phaseDone();
        choose("finish");
        stage.run("Task_KeepNewRoot");
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified");
        then(stage.calls())
                .containsSubsequence(
                        "replaceRoot", "restartForRoot", "renewWorkload cluster1", "reportVerification", "reportPhase")
                .filteredOn(call -> call.equals("replaceRoot") || call.equals("keepNewRoot"))
                .containsExactly("replaceRoot", "replaceRoot", "replaceRoot", "keepNewRoot");
    }

    @Test
    void shouldGoBackToThePhaseBeforeAndLookAgainAtProxies() {
        begins(1, 2, 1);
        ProcessInstance change = begun();
        phaseDone();
        choose("again");
        stage.run("Task_ReportPhase");
        choose("next");
        stage.run("Task_BeginPhase");
        phaseDone();
        choose("back");
        stage.run("Task_BeginPhase");
        phaseDone();

        then(stage.calls()).filteredOn("replaceRoot"::equals).hasSize(3);
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldStopBetweenPhasesAndLeaveAMeshThatWorks() {
        ProcessInstance change = begun();
        phaseDone();
        choose("stop");

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_PhasesStopped", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_AcceptResult", "StartEvent_RollBackChosen");
    }

    @Test
    void shouldTakeBackPhaseAfterPhaseBeforeTheRollBack() {
        stage.written();
        begins(1, 2, 1, 0);
        ProcessInstance change = begun();
        phaseDone();
        choose("next");
        stage.run("Task_BeginPhase");
        phaseDone();
        choose("rollBack");
        stage.run("CallActivity_ReturnToOldRoot");
        waited("CallActivity_WaitForStepsUnderWay");
        stage.run("Task_BeginPhase");
        applied();
        stage.run("Task_BeginPhase", "CallActivity_RollBack");
        waited("CallActivity_WaitForStepsUnderWay");
        stage.run("CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_RemoveUnusedKinds", "Task_RestoreState", "Task_CheckRollBack");

        assertThat(change).isEnded().hasPassed("EndEvent_ChangeRolledBack");
        then(stage.calls())
                .filteredOn(call -> call.equals("replaceRoot") || call.equals("restoreState"))
                .containsExactly("replaceRoot", "replaceRoot", "replaceRoot", "restoreState");
    }

    @Test
    void shouldAskAPersonWhenIstiodDoesNotServeTheRoots() {
        ProcessInstance change = begun();
        stage.run("CallActivity_ApplyPhase", "Task_ReplaceCacerts", "Task_RestartIstiod");
        waited("CallActivity_WaitForIstiod");
        stage.run("CallActivity_WaitForIstiod", "CallActivity_WaitForRoots", "Task_WatchCondition");
        stage.run("Event_LimitReached", "Task_DescribeWait");
        stage.resolve(RETRY);

        then(stage.jobs("Task_ReplaceCacerts")).hasSize(1);
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldAskForAnApprovalOfWorkloadsThatCameSince() {
        stage.play(
                "renewWorkloadDelegate", StubDelegates.fails(FailureCode.PLAN_MOVED, "a restart that nobody approved"));
        ProcessInstance change = begun();
        stage.run("CallActivity_ApplyPhase", "Task_ReplaceCacerts", "Task_RestartIstiod");
        waited("CallActivity_WaitForIstiod");
        stage.run("CallActivity_WaitForIstiod");
        waited("CallActivity_WaitForRoots");
        waited("CallActivity_WaitForSync");
        stage.run("Task_RecordRoots", "CallActivity_RenewWorkloads");
        stage.engine()
                .getManagementService()
                .executeJob(stage.jobs("Task_RestartWorkload").get(0).getId());
        stage.run("CallActivity_ApproveChangedPlan");

        then(stage.jobs("Task_ComputePlanAgain")).hasSize(1);
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldEndWhenSomebodyStopsAtAFailedVerification() {
        stage.play("reportVerificationDelegate", StubDelegates.sets(Map.of("verified", false, "failureText", "no v2")));
        ProcessInstance change = begun();
        applied();
        meshVerified();
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_VerificationFailed").hasNotPassed("CallActivity_AcceptResult");
    }

    @Test
    void shouldStopTheRollBackWhereAPhaseCannotBeTakenBack() {
        stage.written();
        begins(1, 2, 1);
        stage.play(
                "replaceRootDelegate",
                StubDelegates.SUCCEEDS,
                StubDelegates.SUCCEEDS,
                StubDelegates.fails(FailureCode.DENIED, "no right"));
        ProcessInstance change = begun();
        phaseDone();
        choose("next");
        stage.run("Task_BeginPhase");
        phaseDone();
        choose("rollBack");
        stage.run("CallActivity_ReturnToOldRoot");
        waited("CallActivity_WaitForStepsUnderWay");
        stage.run("Task_BeginPhase", "CallActivity_ApplyPhase", "Task_ReplaceCacerts");
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_RollBackStopped").hasNotPassed("CallActivity_RollBack");
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        assertThat(prepared(false))
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("CallActivity_ChangePhases");
    }
}

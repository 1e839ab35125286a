package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Topology;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two primaries on two networks; one wave each, unless a test says otherwise. */
class UpgradeMeshProcessTest extends HappyPath {

    private static final Mesh TWO = mesh(
            Topology.MULTI_PRIMARY_MULTI_NETWORK, primary("cluster1", "network1"), primary("cluster2", "network2"));

    UpgradeMeshProcessTest() {
        super("upgrade-mesh", TWO);
    }

    @BeforeEach
    void checked() {
        stage.play("checkUpgradeDelegate", StubDelegates.checkInputs(TWO));
        stage.play("countProxiesDelegate", left("cluster1/shop"), left(""));
        stage.play("restartWorkloadDelegate", restarts(true), restarts(false));
    }

    private static JavaDelegate left(String what) {
        return StubDelegates.sets(Map.of(
                "left", what, "moved", "cluster2/shop", "workloadsLeft", !what.isEmpty(), "failureText", "stopped"));
    }

    private static JavaDelegate restarts(boolean one) {
        return StubDelegates.sets(
                Map.of("restarted", one, "rollout", "rolled-out Deployment shop/web", "cluster", "cluster1"));
    }

    private ProcessInstance beside() {
        ProcessInstance change = prepared(true);
        stage.run("Task_UpgradeBase");
        primaryUpgraded();
        primaryUpgraded();
        for (int cluster = 0; cluster < 2; cluster++) {
            stage.run("CallActivity_InstallGateway", "Task_InstallGateway");
            waited("CallActivity_WaitForGateway");
            waited("CallActivity_WaitForAddress");
            stage.run("CallActivity_InstallGateway");
        }
        stage.run("Task_ExposeIstiodAndServices");
        return change;
    }

    private void primaryUpgraded() {
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");
        waited("CallActivity_WaitForIstiod");
        stage.run("Task_InstallIngressGateway");
        waited("CallActivity_WaitForSync");
        stage.run("CallActivity_UpgradePrimary");
    }

    private void choose(String decision) {
        stage.run("CallActivity_MoveWorkloads", "Task_CountProxies");
        stage.complete("Task_ChooseNextWave", Map.of("decision", decision));
    }

    private void waveMoved(String call) {
        stage.run(call, "Task_MoveNamespaces", "Task_RestartWorkload");
        waited("CallActivity_WaitForRollout");
        stage.run("Task_RestartWorkload");
    }

    @Test
    void shouldMoveWaveByWaveAndRemoveTheOldRevisionAfterTheAcceptance() {
        ProcessInstance change = beside();
        choose("move");
        waveMoved("CallActivity_MoveWave");
        stage.run("Task_CountProxies");
        meshVerified();
        resultAccepted();
        oldRevisionRemoved(2);

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls())
                .containsSubsequence(
                        "upgradeBase",
                        "installControlPlane cluster1",
                        "installControlPlane cluster2",
                        "installGateway cluster1",
                        "countProxies",
                        "moveNamespaces",
                        "restartWorkload",
                        "countProxies",
                        "reportVerification",
                        "replaceDefaultRevision cluster1",
                        "removeOldRevision cluster1",
                        "removeOldRevision cluster2");
    }

    @Test
    void shouldUpgradeNoSecondPrimaryWhileTheFirstIsNotInSync() {
        prepared(true);
        stage.run("Task_UpgradeBase", "CallActivity_UpgradePrimary");
        stage.run("CallActivity_InstallPrimary", "Task_InstallControlPlane");
        waited("CallActivity_WaitForIstiod");
        stage.run("Task_InstallIngressGateway", "CallActivity_WaitForSync", "Task_WatchCondition");

        then(stage.waitingFor()).containsExactly("control-plane-synced of cluster1");
        then(stage.calls()).doesNotContain("installControlPlane cluster2");
    }

    @Test
    void shouldUpgradeTheNextPrimaryAfterTheOneThatIsLeftOut() {
        stage.play(
                "checkUpgradeDelegate",
                StubDelegates.checkInputs(mesh(
                        Topology.MULTI_PRIMARY,
                        primary("cluster1", "network1"),
                        primary("cluster2", "network1"),
                        primary("cluster3", "network1"))));
        stage.play(
                "installControlPlaneDelegate",
                StubDelegates.fails(FailureCode.DENIED, "HTTP 403"),
                StubDelegates.SUCCEEDS);
        prepared(true);
        stage.run("Task_UpgradeBase", "CallActivity_UpgradePrimary", "CallActivity_InstallPrimary");
        stage.run("Task_InstallControlPlane");
        stage.leaveOut("cluster1");
        stage.resolve(Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets", "Task_ReleaseLease");
        stage.run("CallActivity_UpgradePrimary");
        primaryUpgraded();
        primaryUpgraded();

        then(stage.calls())
                .containsSubsequence(
                        "installControlPlane cluster1",
                        "releaseLease cluster1",
                        "installControlPlane cluster2",
                        "installControlPlane cluster3");
    }

    @Test
    void shouldMoveAWaveBackAndAskAgain() {
        ProcessInstance change = beside();
        choose("back");
        stage.play("countProxiesDelegate", left("cluster1/shop"));
        waveMoved("CallActivity_MoveChosenBack");
        stage.run("Task_CountProxies");

        then(stage.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .taskDefinitionKey("Task_ChooseNextWave")
                        .count())
                .isOne();
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldStopBetweenWavesWithBothRevisions() {
        ProcessInstance change = beside();
        choose("stop");

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_UpgradeStopped", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_RemoveOldRevision");
    }

    @Test
    void shouldMoveEverythingBackBeforeTheNewControlPlanesGo() {
        stage.written();
        ProcessInstance change = beside();
        choose("rollBack");
        movedBack();
        stage.run("CallActivity_RollBack");
        waited("CallActivity_WaitForStepsUnderWay");
        stage.run("CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_RemoveUnusedKinds", "Task_RestoreState", "Task_CheckRollBack");

        assertThat(change).isEnded().hasPassed("EndEvent_ChangeRolledBack");
        then(stage.calls()).containsSubsequence("moveNamespaces", "restartWorkload", "removeObjects", "restoreState");
    }

    private void movedBack() {
        stage.run("CallActivity_MoveBack");
        waited("CallActivity_WaitForStepsUnderWay");
        waveMoved("CallActivity_MoveWave");
    }

    @Test
    void shouldAskAPersonWhenAWorkloadDoesNotComeUp() {
        ProcessInstance change = beside();
        choose("move");
        stage.run("CallActivity_MoveWave", "Task_MoveNamespaces", "Task_RestartWorkload");
        stage.run("CallActivity_WaitForRollout", "Task_WatchCondition", "Event_LimitReached", "Task_DescribeWait");
        stage.resolve(RETRY);

        then(stage.jobs("Task_MoveNamespaces")).hasSize(1);
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldAskForAnApprovalOfWhatCameSinceBeforeAWaveMoves() {
        stage.play(
                "moveNamespacesDelegate",
                StubDelegates.fails(FailureCode.PLAN_MOVED, "a restart"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = beside();
        choose("move");
        stage.run("CallActivity_MoveWave", "Task_MoveNamespaces", "CallActivity_ApproveChangedPlan");

        then(stage.jobs("Task_ComputePlanAgain")).hasSize(1);
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldKeepTheOldRevisionWhenTheVerificationFails() {
        stage.play("reportVerificationDelegate", StubDelegates.sets(Map.of("verified", false, "failureText", "no v2")));
        ProcessInstance change = beside();
        choose("move");
        waveMoved("CallActivity_MoveWave");
        stage.run("Task_CountProxies");
        meshVerified();
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_VerificationFailed").hasNotPassed("CallActivity_AcceptResult");
    }

    @Test
    void shouldStopTheRemovalOfTheOldRevisionWhileSomethingUsesIt() {
        stage.play("removeOldRevisionDelegate", StubDelegates.fails(FailureCode.INVALID, "1"));
        ProcessInstance change = beside();
        choose("move");
        waveMoved("CallActivity_MoveWave");
        stage.run("Task_CountProxies");
        meshVerified();
        resultAccepted();
        stage.run("CallActivity_RemoveOldRevision", "Task_ReplaceDefaultRevision", "Task_RemoveOldRevision");
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_RemovalStopped");
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        assertThat(prepared(false))
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("Task_UpgradeBase");
    }
}

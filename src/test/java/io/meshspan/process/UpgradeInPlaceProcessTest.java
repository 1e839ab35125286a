package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Topology;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two primaries on two networks, and a remote of the first. */
class UpgradeInPlaceProcessTest extends HappyPath {

    private static final Mesh THREE = mesh(
            Topology.MIXED,
            primary("cluster1", "network1"),
            primary("cluster2", "network2"),
            remote("cluster3", "network3", "cluster1"));

    UpgradeInPlaceProcessTest() {
        super("upgrade-in-place", THREE);
    }

    @BeforeEach
    void checked() {
        stage.play("checkUpgradeDelegate", StubDelegates.checkInputs(THREE));
    }

    private ProcessInstance begun() {
        ProcessInstance change = prepared(true);
        stage.run("Task_UpgradeBase");
        return change;
    }

    private void turnBegun() {
        stage.run("CallActivity_UpgradeCluster");
        meshVerified();
        stage.run("Task_CountProxies");
    }

    private void primaryUpgraded() {
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");
        waited("CallActivity_WaitForIstiod");
        stage.run("Task_InstallIngressGateway");
        waited("CallActivity_WaitForSync");
        gatewayUpgraded("CallActivity_InstallGateway");
        stage.run("CallActivity_UpgradeCluster");
    }

    private void remoteUpgraded() {
        stage.run("CallActivity_InstallRemote", "Task_InstallRemote", "CallActivity_CompleteRemote");
        waited("CallActivity_WaitForRemote");
        gatewayUpgraded("CallActivity_InstallRemoteGateway");
        stage.run("CallActivity_UpgradeCluster");
    }

    private void gatewayUpgraded(String call) {
        stage.run(call, "Task_InstallGateway");
        waited("CallActivity_WaitForGateway");
        waited("CallActivity_WaitForAddress");
    }

    private void allUpgraded() {
        turnBegun();
        primaryUpgraded();
        turnBegun();
        remoteUpgraded();
        turnBegun();
        primaryUpgraded();
        stage.run("Task_ExposeIstiodAndServices");
    }

    @Test
    void shouldUpgradeClusterAfterClusterEachPrimaryBeforeItsRemotes() {
        ProcessInstance change = begun();
        allUpgraded();
        meshVerified();
        stage.run("Task_CountProxies");
        resultAccepted();
        oldRevisionRemoved(3);

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls())
                .containsSubsequence(
                        "upgradeBase",
                        "reportVerification",
                        "measureProxies cluster1",
                        "installControlPlane cluster1",
                        "installGateway cluster1",
                        "reportVerification",
                        "measureProxies cluster3",
                        "installRemote cluster3",
                        "installGateway cluster3",
                        "reportVerification",
                        "measureProxies cluster2",
                        "installControlPlane cluster2",
                        "installGateway cluster2",
                        "reportVerification",
                        "measureProxies",
                        "removeOldRevision cluster3");
    }

    @Test
    void shouldTouchNoSecondClusterWhileTheFirstIsNotReady() {
        begun();
        turnBegun();
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");
        stage.run("CallActivity_WaitForIstiod", "Task_WatchCondition");

        then(stage.waitingFor()).containsExactly("istiod-ready of cluster1");
        then(stage.calls()).doesNotContain("installRemote cluster3", "installControlPlane cluster2");
    }

    @Test
    void shouldStopBeforeTheNextClusterWhenTheMeshNoLongerWorks() {
        stage.play(
                "reportVerificationDelegate",
                StubDelegates.sets(Map.of("verified", true)),
                StubDelegates.sets(Map.of("verified", false, "failureText", "no v2")));
        ProcessInstance change = begun();
        turnBegun();
        primaryUpgraded();
        stage.run("CallActivity_UpgradeCluster");
        meshVerified();
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_VerificationFailed").hasNotPassed("CallActivity_AcceptResult");
        then(stage.calls()).contains("installControlPlane cluster1").doesNotContain("installRemote cluster3");
    }

    @Test
    void shouldAskAPersonWhenProxiesCannotBeCounted() {
        stage.play(
                "measureProxiesDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"), StubDelegates.SUCCEEDS);
        begun();
        turnBegun();
        stage.resolve(RETRY);

        then(stage.jobs("CallActivity_VerifyMesh")).hasSize(1);
        then(stage.calls()).doesNotContain("installControlPlane cluster1");
    }

    @Test
    void shouldTryTheFailedClusterAgain() {
        stage.play(
                "installControlPlaneDelegate",
                StubDelegates.fails(FailureCode.INVALID, "a webhook"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = begun();
        turnBegun();
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");
        stage.resolve(RETRY);

        then(stage.jobs("Task_InstallControlPlane")).hasSize(1);
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldEndWhereAPersonStopsIt() {
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.INVALID, "a webhook"));
        ProcessInstance change = begun();
        turnBegun();
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");
        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_UpgradeStopped", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_AcceptResult");
    }

    @Test
    void shouldRollBackWhatIsUpgraded() {
        stage.written();
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.INVALID, "a webhook"));
        ProcessInstance change = begun();
        turnBegun();
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");
        stage.resolve(Map.of("decision", "rollBack"));
        stage.run("CallActivity_RollBack");
        waited("CallActivity_WaitForStepsUnderWay");
        stage.run("CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_RemoveUnusedKinds", "Task_RestoreState", "Task_CheckRollBack");

        assertThat(change).isEnded().hasPassed("EndEvent_ChangeRolledBack");
    }

    @Test
    void shouldGoOnWithTheNextClusterWithoutTheOneThatFailed() {
        stage.play(
                "installControlPlaneDelegate",
                StubDelegates.fails(FailureCode.INVALID, "a webhook"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = begun();
        turnBegun();
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");
        stage.leaveOut("cluster1");
        stage.leaveOut("cluster3");
        stage.resolve(Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets", "Task_ReleaseLease");
        stage.run("CallActivity_UpgradeCluster", "CallActivity_UpgradeCluster", "CallActivity_UpgradeCluster");
        turnBegun();
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");

        then(stage.calls()).contains("installControlPlane cluster2").doesNotContain("installRemote cluster3");
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldAskForAnApprovalOfWhatMovedBeforeAClusterIsTouched() {
        stage.play(
                "installControlPlaneDelegate",
                StubDelegates.fails(FailureCode.PLAN_MOVED, "charts"),
                StubDelegates.SUCCEEDS);
        begun();
        turnBegun();
        stage.run("CallActivity_UpgradePrimary", "CallActivity_InstallPrimary", "Task_InstallControlPlane");
        stage.run("CallActivity_ApproveChangedPlan");

        then(stage.jobs("Task_ComputePlanAgain")).hasSize(1);
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        assertThat(prepared(false))
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("Task_UpgradeBase");
    }
}

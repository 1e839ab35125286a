package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.Topology;
import java.util.Map;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

class MultiPrimaryProcessTest extends HappyPath {

    MultiPrimaryProcessTest() {
        super(
                "multi-primary",
                mesh(Topology.MULTI_PRIMARY, primary("cluster1", "network1"), primary("cluster2", "network1")));
    }

    /** Trust before istiod starts, istiod ready before the secrets that it reads. */
    @Test
    void shouldKeepTheOrderOfTheGuide() {
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("Task_ExchangeRemoteSecrets");
        meshVerified();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls())
                .containsExactly(
                        "checkInputs",
                        "runPreflight",
                        "computePlan",
                        "acquireLeases",
                        "createNamespaces",
                        "configureTrust",
                        "installControlPlane cluster1",
                        "installControlPlane cluster2",
                        "watchCondition cluster1",
                        "watchCondition cluster2",
                        "installIngressGateway cluster1",
                        "installIngressGateway cluster2",
                        "exchangeRemoteSecrets",
                        "watchCondition",
                        "deploySample",
                        "watchCondition",
                        "startCalls",
                        "noteAnswers",
                        "reportVerification",
                        "removeSample");
    }

    @Test
    void shouldNotExchangeSecretsWhileOneIstiodIsNotReady() {
        prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.run("CallActivity_InstallPrimary", "Task_InstallControlPlane");
        stage.run("CallActivity_WaitForIstiod", "Task_WatchCondition");
        stage.met(1);
        stage.run("Task_InstallIngressGateway", "CallActivity_InstallPrimary");

        then(stage.jobs("Task_ExchangeRemoteSecrets")).isEmpty();
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        assertThat(prepared(false))
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("Task_CreateNamespaces");
    }

    @Test
    void shouldStopWhenAPersonSaysSoAfterTheSecretsFailed() {
        stage.play("exchangeRemoteSecretsDelegate", StubDelegates.fails(FailureCode.ADDRESS_UNUSABLE, "127.0.0.1"));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("Task_ExchangeRemoteSecrets");

        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassedInOrder(
                        "BoundaryEvent_StepFailed",
                        "CallActivity_ResolveFailure",
                        "BoundaryEvent_ResolutionStopped",
                        "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_VerifyMesh");
    }

    /** Whoever leaves a cluster out, and then stops because that fails, has stopped the change. */
    @Test
    void shouldStopWhenAPersonSaysSoAfterAClusterCouldNotBeLeftOut() {
        stage.play("configureTrustDelegate", StubDelegates.fails(FailureCode.ROOTS_DIFFER, "another root"));
        stage.play("revokeRemoteSecretsDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.resolve(Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets");

        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_ResolutionStopped", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_RollBack");
    }

    @Test
    void shouldRepeatTheStepsOfTheFrameWhenAPersonTriesAgain() {
        stage.play(
                "configureTrustDelegate",
                StubDelegates.fails(FailureCode.ROOTS_DIFFER, "two roots"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");

        stage.resolve(RETRY);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("Task_ExchangeRemoteSecrets");
        meshVerified();
        resultAccepted();

        assertThat(change)
                .isEnded()
                .hasPassedInOrder("BoundaryEvent_StepFailed", "CallActivity_ResolveFailure", "EndEvent_MeshVerified");
        then(stage.calls()).containsSubsequence("configureTrust", "createNamespaces", "configureTrust");
    }

    /** The frame catches every failure, but a roll back goes through to what takes back. */
    @Test
    void shouldRollBackWhereAPersonDecidesSoInACalledProcess() {
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.CHARTS_UNUSABLE, "no chart"));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.run("CallActivity_InstallPrimary");
        runOne("Task_InstallControlPlane");

        stage.resolve(Map.of("decision", "rollBack"));

        assertThat(change)
                .isWaitingAt("CallActivity_RollBack")
                .hasPassed("BoundaryEvent_RollBackChosen", "EndEvent_RollBackChosen", "StartEvent_RollBackChosen")
                .hasNotPassed("BoundaryEvent_StepFailed");
    }

    @Test
    void shouldEndAsNotVerifiedWhenAPersonGivesUp() {
        stage.play("reportVerificationDelegate", StubDelegates.sets(Map.of("verified", false, "failureText", "no v2")));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("Task_ExchangeRemoteSecrets");
        meshVerified();

        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_VerificationFailed").hasNotPassed("EndEvent_MeshVerified");
    }

    /** A change that began by the diagrams of an earlier release is decided on and ends by them, with today's beans. */
    @Test
    void shouldEndWhatBeganByEarlierDiagrams() {
        // given
        Deployment earlier = stage.deployEarlier("multi-primary", "install-primary", "exclude-cluster");
        stage.play(
                "configureTrustDelegate",
                StubDelegates.fails(FailureCode.ROOTS_DIFFER, "two roots"),
                StubDelegates.SUCCEEDS);
        stage.play(
                "installControlPlaneDelegate",
                StubDelegates.fails(FailureCode.CHARTS_UNUSABLE, "no chart"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");

        // when
        stage.complete("Task_DecideHowToGoOn", RETRY);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        stage.run("CallActivity_InstallPrimary#multiInstanceBody", "Task_InstallControlPlane");
        stage.leaveOut("cluster1");
        stage.complete("Task_DecideHowToGoOn", Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets", "Task_ReleaseLease");
        waited("CallActivity_WaitForIstiod");
        stage.run("Task_InstallIngressGateway", "CallActivity_InstallPrimary", "Task_ExchangeRemoteSecrets");
        meshVerified();
        resultAccepted();

        // then
        assertThat(change)
                .isEnded()
                .hasPassedInOrder(
                        "BoundaryEvent_ConfigureTrustFailed", "Task_DecideHowToGoOn", "EndEvent_MeshVerified");
        stage.engine().getRepositoryService().deleteDeployment(earlier.getId(), true);
    }

    /** Deleted before the steps of its clusters have begun, it has ended for whoever listens. */
    @Test
    void shouldHaveEndedWhenItIsDeletedBeforeItsClustersAreInstalled() {
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");

        stage.engine().getRuntimeService().deleteProcessInstance(change.getId(), "not wanted any more");

        then(stage.everStarted()).allSatisfy(ended -> then(ended.getEndTime()).isNotNull());
    }

    private void runOne(String activity) {
        stage.engine()
                .getManagementService()
                .executeJob(stage.jobs(activity).get(0).getId());
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.Topology;
import java.util.Map;
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
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("Task_ExchangeRemoteSecrets");
        meshVerified();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("Task_DecideHowToGoOn");
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
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        stage.run("CallActivity_InstallPrimary#multiInstanceBody", "Task_InstallControlPlane");
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
        stage.play("exchangeRemoteSecretsDelegate", Parts.fails(FailureCode.ADDRESS_UNUSABLE, "127.0.0.1"));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("Task_ExchangeRemoteSecrets");

        stage.complete("Task_DecideHowToGoOn", STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_ExchangeRemoteSecretsFailed", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_VerifyMesh");
    }

    /** Whoever leaves a cluster out, and then stops because that fails, has stopped the change. */
    @Test
    void shouldStopWhenAPersonSaysSoAfterAClusterCouldNotBeLeftOut() {
        stage.play("configureTrustDelegate", Parts.fails(FailureCode.ROOTS_DIFFER, "another root"));
        stage.play("revokeRemoteSecretsDelegate", Parts.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        stage.complete("Task_DecideHowToGoOn", Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets");

        stage.complete("Task_DecideHowToGoOn", STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_LeavingOutStopped", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_RollBack");
    }

    @Test
    void shouldEndAsNotVerifiedWhenAPersonGivesUp() {
        stage.play("reportVerificationDelegate", Parts.sets(Map.of("verified", false, "failureText", "no v2")));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("Task_ExchangeRemoteSecrets");
        meshVerified();

        stage.complete("Task_DecideHowToGoOn", STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_VerificationFailed").hasNotPassed("EndEvent_MeshVerified");
    }
}

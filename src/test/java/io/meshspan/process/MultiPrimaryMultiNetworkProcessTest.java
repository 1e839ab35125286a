package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

class MultiPrimaryMultiNetworkProcessTest extends HappyPath {

    MultiPrimaryMultiNetworkProcessTest() {
        super("multi-primary-multi-network", StubDelegates.MESH);
    }

    @Test
    void shouldEndAsAVerifiedMesh() {
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        stage.run("Task_ExposeServices", "Task_ExchangeRemoteSecrets");
        meshVerified();
        resultAccepted();

        assertThat(change)
                .isEnded()
                .hasPassedInOrder(
                        "Task_CheckInputs",
                        "CallActivity_PrepareChange",
                        "Task_CreateNamespaces",
                        "CallActivity_ConfigureTrust",
                        "CallActivity_InstallPrimary",
                        "CallActivity_InstallGateway",
                        "Task_ExposeServices",
                        "Task_ExchangeRemoteSecrets",
                        "CallActivity_VerifyMesh",
                        "CallActivity_AcceptResult",
                        "EndEvent_MeshVerified")
                .hasNotPassed("CallActivity_ResolveFailure", "EndEvent_ChangeStopped", "EndEvent_VerificationFailed");
    }

    /** Trust before istiod starts, istiod ready in every cluster before a gateway is made, secrets after all. */
    @Test
    void shouldKeepTheOrderOfTheGuideInEveryCluster() {
        prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        stage.run("Task_ExposeServices", "Task_ExchangeRemoteSecrets");
        meshVerified();

        then(inOrderOfClusters(stage.calls()))
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
                        "installGateway cluster1",
                        "installGateway cluster2",
                        "watchCondition cluster1",
                        "watchCondition cluster1",
                        "watchCondition cluster2",
                        "watchCondition cluster2",
                        "exposeServices",
                        "exchangeRemoteSecrets",
                        "watchCondition",
                        "deploySample",
                        "watchCondition",
                        "startCalls",
                        "noteAnswers",
                        "reportVerification",
                        "removeSample");
    }

    /** What clusters do side by side may come in any order. */
    private static List<String> inOrderOfClusters(List<String> calls) {
        List<String> ordered = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= calls.size(); end++) {
            if (end == calls.size() || !step(calls.get(end)).equals(step(calls.get(start)))) {
                ordered.addAll(calls.subList(start, end).stream().sorted().toList());
                start = end;
            }
        }
        return ordered;
    }

    private static String step(String call) {
        return call.replaceAll(" .*", "");
    }

    @Test
    void shouldNotMakeAGatewayWhileOneIstiodIsNotReady() {
        prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.run("CallActivity_InstallPrimary", "Task_InstallControlPlane");
        stage.run("CallActivity_WaitForIstiod", "Task_WatchCondition");
        stage.met(1);
        stage.run("Task_InstallIngressGateway");
        stage.run("CallActivity_InstallPrimary");

        then(stage.jobs("CallActivity_InstallGateway")).isEmpty();
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        ProcessInstance change = prepared(false);

        assertThat(change)
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "EndEvent_ChangeStopped");
    }

    @Test
    void shouldStopWhenAPersonStopsThePreparation() {
        stage.play("runPreflightDelegate", StubDelegates.fails(FailureCode.PREFLIGHT_FAILED, "roots differ"));
        ProcessInstance change = stage.start("multi-primary-multi-network", Map.of());
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight");

        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_PreparationStopped", "EndEvent_PreparationStopped")
                .hasNotPassed("Gateway_ChangeApproved", "Task_CreateNamespaces");
    }

    @Test
    void shouldStopWhenAPersonSaysSoAfterTrustFailed() {
        stage.play("configureTrustDelegate", StubDelegates.fails(FailureCode.ROOTS_DIFFER, "two roots"));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        assertThat(change).isWaitingAt("CallActivity_ResolveFailure");

        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_StepFailed", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_InstallPrimary");
    }

    @Test
    void shouldRepeatTheStepsSinceTheApprovalWhenAPersonTriesAgain() {
        stage.play(
                "configureTrustDelegate",
                StubDelegates.fails(FailureCode.ROOTS_DIFFER, "two roots"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");

        stage.resolve(RETRY);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");

        then(stage.calls()).endsWith("createNamespaces", "configureTrust", "createNamespaces", "configureTrust");
        assertThat(change).isWaitingAt("CallActivity_InstallPrimary");
    }

    @Test
    void shouldGoOnWithTheOthersWhenAPersonLeavesTheClusterOutAtWhichAStepOfTheWholeMeshFailed() {
        stage.play(
                "configureTrustDelegate",
                StubDelegates.fails(FailureCode.ROOTS_DIFFER, "another root"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");

        stage.leaveOut("cluster1");
        stage.resolve(Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets", "Task_ReleaseLease");
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.run("CallActivity_InstallPrimary", "Task_InstallControlPlane");

        then(stage.calls())
                .endsWith(
                        "revokeRemoteSecrets cluster1",
                        "releaseLease cluster1",
                        "createNamespaces",
                        "configureTrust",
                        "installControlPlane cluster2");
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldStopEverywhereWhenAPersonStopsOnePrimary() {
        stage.play(
                "installControlPlaneDelegate",
                StubDelegates.fails(FailureCode.CHARTS_UNUSABLE, "no chart istiod"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.run("CallActivity_InstallPrimary", "Task_InstallControlPlane");

        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_InstallationStopped", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_InstallGateway", "Task_ExchangeRemoteSecrets");
        then(String.valueOf(stage.variable(change, "failureText"))).contains("no chart istiod");
        then(stage.running()).isEmpty();
    }

    @Test
    void shouldEndAsNotVerifiedWhenAPersonGivesUp() {
        stage.play(
                "reportVerificationDelegate",
                StubDelegates.sets(Map.of("verified", false, "failureText", "cluster1 never met v2")));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        stage.run("Task_ExposeServices", "Task_ExchangeRemoteSecrets");
        meshVerified();

        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_VerificationFailed", "EndEvent_VerificationFailed")
                .hasNotPassed("EndEvent_MeshVerified");
        then(stage.variable(change, "failureText")).isEqualTo("cluster1 never met v2");
        then(stage.variable(change, "verified")).isEqualTo(false);
    }

    @Test
    void shouldEndAsExpiredWhenNobodyDecides() {
        ProcessInstance change = stage.start("multi-primary-multi-network", Map.of());
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight", "Task_ComputePlan");

        stage.run("BoundaryEvent_ApprovalExpired");

        assertThat(change)
                .isEnded()
                .hasPassed("EndEvent_ApprovalExpired")
                .hasNotPassed("Task_CreateNamespaces", "EndEvent_ChangeStopped");
        then(stage.calls()).doesNotContain("acquireLeases");
    }

    @Test
    void shouldEndAsNotAcceptedWhenAPersonRefusesTheResult() {
        stage.gates().askForAcceptance();
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        stage.run("Task_ExposeServices", "Task_ExchangeRemoteSecrets");
        meshVerified();
        resultAccepted();

        stage.complete("Task_AcceptResult", Map.of("approved", false));

        assertThat(change).isEnded().hasPassed("EndEvent_ResultNotAccepted").hasNotPassed("EndEvent_MeshVerified");
    }

    @Test
    void shouldRefuseWrongInputsAndLeaveNothingBehind() {
        stage.play("checkInputsDelegate", execution -> {
            throw new BadUserRequestException("cluster-x is not in the inventory");
        });

        assertThatThrownBy(() -> stage.start("multi-primary-multi-network", Map.of()))
                .hasMessageContaining("cluster-x");

        then(stage.everStarted()).isEmpty();
    }
}

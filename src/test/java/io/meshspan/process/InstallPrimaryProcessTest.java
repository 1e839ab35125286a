package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstallPrimaryProcessTest {

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void watch() {
        stage.play("watchConditionDelegate", StubDelegates.watch());
        stage.play("describeWaitDelegate", StubDelegates.sets(Map.of("failureText", "not yet")));
    }

    @Test
    void shouldWaitForIstiodOfItsCluster() {
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod");
        then(stage.waitingFor()).containsExactly("istiod-ready of cluster1");
        stage.run("Task_WatchCondition");
        stage.met();
        stage.run("Task_InstallIngressGateway");

        assertThat(primary)
                .isEnded()
                .hasPassedInOrder(
                        "Task_InstallControlPlane",
                        "CallActivity_WaitForIstiod",
                        "Task_InstallIngressGateway",
                        "EndEvent_PrimaryReady")
                .hasNotPassed("CallActivity_ResolveFailure");
    }

    @Test
    void shouldInstallAgainAndWaitAsLongAgainWhenAPersonTriesAgain() {
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod", "Task_WatchCondition");
        stage.run("Event_LimitReached", "Task_DescribeWait");

        stage.resolve(Map.of("decision", "retry"));
        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod", "Task_WatchCondition");
        stage.met();
        stage.run("Task_InstallIngressGateway");

        assertThat(primary).isEnded().hasPassed("EndEvent_PrimaryReady");
    }

    @Test
    void shouldAskAPersonWhenTheClusterRefuses() {
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));

        stage.run("Task_InstallControlPlane");

        assertThat(primary).isWaitingAt("CallActivity_ResolveFailure").hasNotPassed("CallActivity_WaitForIstiod");
        then(stage.variable(primary, "failureCode")).isEqualTo("DENIED");
    }

    @Test
    void shouldEndWithoutTheClusterWhenAPersonLeavesItOut() {
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane");

        stage.leaveOut("cluster1");
        stage.resolve(Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets", "Task_ReleaseLease");

        assertThat(primary)
                .isEnded()
                .hasPassedInOrder("CallActivity_ResolveFailure", "EndEvent_ClusterLeftOut")
                .hasNotPassed("CallActivity_WaitForIstiod", "EndEvent_PrimaryReady");
        then(stage.calls())
                .containsExactly(
                        "installControlPlane cluster1", "revokeRemoteSecrets cluster1", "releaseLease cluster1");
    }

    @Test
    void shouldInstallNothingWhereTheClusterWasLeftOutWhenItsPlanHadMoved() {
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.PLAN_MOVED, "another chart"));
        stage.play("computePlanAgainDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane", "CallActivity_ApproveChangedPlan", "Task_ComputePlanAgain");

        stage.leaveOut("cluster1");
        stage.resolve(Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets", "Task_ReleaseLease");

        assertThat(primary).isEnded().hasPassed("EndEvent_ClusterLeftOut").hasNotPassed("CallActivity_WaitForIstiod");
        then(stage.calls().stream().filter("installControlPlane cluster1"::equals))
                .hasSize(1);
    }

    @Test
    void shouldAskAgainWhenTheAccessCannotBeTakenBack() {
        stage.play("installControlPlaneDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        stage.play(
                "revokeRemoteSecretsDelegate",
                StubDelegates.fails(FailureCode.DENIED, "HTTP 403"),
                StubDelegates.SUCCEEDS);
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane");
        stage.leaveOut("cluster1");
        stage.resolve(Map.of("decision", "without"));
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets");

        stage.resolve(Map.of("decision", "retry"));
        stage.run("Task_RevokeRemoteSecrets", "Task_ReleaseLease");

        assertThat(primary).isEnded().hasPassed("EndEvent_ClusterLeftOut");
    }

    /** A cluster that leaves the inventory, for example: what ends a wait asks a person, not only that it took too long. */
    @Test
    void shouldAskAPersonWhenTheWaitItselfFails() {
        stage.play("watchConditionDelegate", StubDelegates.fails(FailureCode.CLUSTER_UNKNOWN, "no such cluster"));
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));

        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod", "Task_WatchCondition");

        assertThat(primary).hasPassed("BoundaryEvent_StepFailed").isWaitingAt("CallActivity_ResolveFailure");
        then(stage.variable(primary, "failureCode")).isEqualTo("CLUSTER_UNKNOWN");
        then(String.valueOf(stage.variable(primary, "failureText"))).contains("no such cluster");
        then(stage.variable(primary, "failedCluster")).isEqualTo("cluster1");
    }

    @Test
    void shouldAskAPersonWhenTheIngressGatewayIsRefused() {
        stage.play("installIngressGatewayDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod", "Task_WatchCondition");
        stage.met();

        stage.run("Task_InstallIngressGateway");

        assertThat(primary).isWaitingAt("CallActivity_ResolveFailure").hasNotPassed("EndEvent_PrimaryReady");
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan that has moved goes back to its approver, from any step that would have written. */
class ApproveChangedPlanProcessTest {

    private static final Map<String, Object> APPROVED = Map.of("approved", true);
    private static final Map<String, Object> REJECTED = Map.of("approved", false);

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void everythingWorks() {
        stage.play("checkInputsDelegate", StubDelegates.checkInputs(StubDelegates.MESH));
    }

    @Test
    void shouldAskAgainAndGoOnWithTheStepsSinceTheApproval() {
        stage.play("configureTrustDelegate", moved(), StubDelegates.SUCCEEDS);
        ProcessInstance change = approved();
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");

        askedAgain(APPROVED);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");

        then(stage.calls())
                .endsWith(
                        "createNamespaces", "configureTrust", "computePlanAgain", "createNamespaces", "configureTrust");
        assertThat(change).isWaitingAt("CallActivity_InstallPrimary");
    }

    @Test
    void shouldStopTheChangeWhenTheChangedPlanIsRejected() {
        stage.play("createNamespacesDelegate", moved());
        ProcessInstance change = approved();
        stage.run("Task_CreateNamespaces");

        askedAgain(REJECTED);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_PlanMoved", "EndEvent_ChangedPlanRejected")
                .hasNotPassed("CallActivity_ConfigureTrust", "CallActivity_ResolveFailure");
    }

    @Test
    void shouldAskAnOperatorWhatBecomesOfWhatWasWrittenBeforeTheRejection() {
        // given
        stage.play("configureTrustDelegate", moved());
        stage.written();
        ProcessInstance change = approved();
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        askedAgain(REJECTED);

        // when
        stage.resolve(Map.of("decision", "rollBack"));

        // then
        assertThat(change).isWaitingAt("CallActivity_RollBack").hasNotPassed("EndEvent_ChangedPlanRejected");
    }

    @Test
    void shouldStopTheChangeWhenNobodyAnswers() {
        stage.play("createNamespacesDelegate", moved());
        ProcessInstance change = approved();
        stage.run("Task_CreateNamespaces", "CallActivity_ApproveChangedPlan", "Task_ComputePlanAgain");

        stage.run("BoundaryEvent_ApprovalExpired");

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_ChangedPlanRejected")
                .hasNotPassed("CallActivity_ConfigureTrust", "CallActivity_ResolveFailure");
        then(stage.running()).isEmpty();
    }

    @Test
    void shouldAskAnOperatorWhatBecomesOfWhatWasWrittenWhenNobodyAnswers() {
        // given
        stage.play("configureTrustDelegate", moved());
        stage.written();
        ProcessInstance change = approved();
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.run("CallActivity_ApproveChangedPlan", "Task_ComputePlanAgain");
        stage.run("BoundaryEvent_ApprovalExpired");

        // when
        stage.resolve(Map.of("decision", "rollBack"));

        // then
        assertThat(change).isWaitingAt("CallActivity_RollBack").hasNotPassed("BoundaryEvent_ChangedPlanRejected");
    }

    /** The answer that is missing is asked for once more. */
    @Test
    void shouldAskForTheApprovalAgainWhenAnOperatorSaysSoAfterNobodyAnswered() {
        // given
        stage.play("configureTrustDelegate", moved(), StubDelegates.SUCCEEDS);
        stage.written();
        ProcessInstance change = approved();
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.run("CallActivity_ApproveChangedPlan", "Task_ComputePlanAgain", "BoundaryEvent_ApprovalExpired");

        // when
        stage.resolve(Map.of("decision", "retry"));
        stage.run("Task_ComputePlanAgain");
        stage.complete("Task_ApproveChangedPlan", APPROVED);

        // then
        assertThat(change).isWaitingAt("Task_CreateNamespaces");
    }

    @Test
    void shouldAskAgainAsOftenAsThePlanMoves() {
        stage.play("createNamespacesDelegate", moved(), moved(), StubDelegates.SUCCEEDS);
        ProcessInstance change = approved();
        stage.run("Task_CreateNamespaces");

        askedAgain(APPROVED);
        stage.run("Task_CreateNamespaces");
        askedAgain(APPROVED);
        stage.run("Task_CreateNamespaces");

        assertThat(change).isWaitingAt("CallActivity_ConfigureTrust");
    }

    @ParameterizedTest
    @CsvSource({
        "install-primary, Task_InstallControlPlane, installControlPlaneDelegate, CallActivity_WaitForIstiod",
        "install-gateway, Task_InstallGateway, installGatewayDelegate, CallActivity_WaitForGateway",
        "install-remote, Task_InstallRemote, installRemoteDelegate, EndEvent_RemoteInstalled"
    })
    void shouldAskForTheOneClusterWhosePlanMoved(String process, String step, String delegate, String next) {
        stage.play(delegate, moved(), StubDelegates.SUCCEEDS);
        ProcessInstance installation = stage.start(process, Map.of("cluster", "cluster2"));
        stage.run(step);

        askedAgain(APPROVED);
        stage.run(step);

        then(stage.calls()).contains("computePlanAgain cluster2");
        then(stage.jobs(next).size() + (stage.running().isEmpty() ? 1 : 0)).isOne();
        assertThat(installation).hasPassed("CallActivity_ApproveChangedPlan");
    }

    @Test
    void shouldAskAPersonWhenThePlanCannotBeTakenAgain() {
        stage.play("createNamespacesDelegate", moved());
        stage.play(
                "computePlanAgainDelegate",
                StubDelegates.fails(FailureCode.CHARTS_UNUSABLE, "no chart"),
                StubDelegates.SUCCEEDS);
        approved();
        stage.run("Task_CreateNamespaces", "CallActivity_ApproveChangedPlan", "Task_ComputePlanAgain");

        stage.resolve(Map.of("decision", "retry"));
        stage.run("Task_ComputePlanAgain");

        stage.complete("Task_ApproveChangedPlan", REJECTED);
        then(stage.running()).isEmpty();
    }

    private ProcessInstance approved() {
        ProcessInstance change = stage.start("multi-primary-multi-network", Map.of());
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight", "Task_ComputePlan");
        stage.complete("Task_ApproveChange", APPROVED);
        stage.run("CallActivity_AcquireLeases", "Task_AcquireLeases");
        return change;
    }

    private void askedAgain(Map<String, Object> decision) {
        stage.run("CallActivity_ApproveChangedPlan", "Task_ComputePlanAgain");
        stage.complete("Task_ApproveChangedPlan", decision);
    }

    private static org.camunda.bpm.engine.delegate.JavaDelegate moved() {
        return StubDelegates.fails(FailureCode.PLAN_MOVED, "spec.replicas: 3 → 1");
    }
}

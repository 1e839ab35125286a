package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.change.Removal;
import io.meshspan.engine.model.RemovalVariable;
import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which a removal can end. */
class RemoveMeshProcessTest {

    /** The steps that delete objects. */
    private static final int STEPS = 7;

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void everythingWorks() {
        stage.play("checkRemovalDelegate", asked(false));
        stage.play("watchConditionDelegate", StubDelegates.watch());
    }

    @Test
    void shouldRemoveInOrderAndLeaveTheCrds() {
        // given
        ProcessInstance change = approved();

        // when
        stage.run("CallActivity_CarryOutRemoval", "CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_ScanLeftovers");

        // then
        assertThat(change)
                .hasPassedInOrder("CallActivity_PrepareChange", "CallActivity_CarryOutRemoval", "EndEvent_MeshRemoved")
                .isEnded();
        then(stage.calls())
                .containsSubsequence("checkRemoval", "runPreflight", "computePlan", "removeObjects", "scanLeftovers");
        then(removals()).isEqualTo(STEPS);
    }

    @Test
    void shouldGoNoFurtherWhileAControlPlaneListsWhatLeaves() {
        // given
        ProcessInstance change = approved();
        stage.run("CallActivity_CarryOutRemoval", "CallActivity_RemoveObjects");

        // when
        stage.run("Task_RemoveHelloWorld", "Task_RemoveRemoteSecrets", "CallActivity_WaitUntilForgotten");
        stage.run("Task_WatchCondition");

        // then
        assertThat(change).isNotEnded();
        then(stage.jobs("Event_LimitReached")).hasSize(1);
        then(stage.jobs("Task_RemoveExposure")).isEmpty();
    }

    @Test
    void shouldRemoveTheCrdsOnceTheirRemovalIsApproved() {
        // given
        ProcessInstance change = askedForCrds();

        // when
        stage.complete("Task_ApproveCrdRemoval", Map.of("approved", true));
        stage.run("Task_RemoveCrds", "Task_ScanLeftovers");

        // then
        assertThat(change).hasPassed("EndEvent_MeshRemoved").isEnded();
        then(removals()).isEqualTo(STEPS + 1);
    }

    @Test
    void shouldAskAnewWhatGoesWithTheCrdsWhenAPersonTriesAgain() {
        // given
        ProcessInstance change = askedForCrds();
        then(stage.calledVariable(change, "goesWithCrds").toString()).contains("Gateway shop/entry");
        stage.play(
                "removeObjectsDelegate",
                StubDelegates.fails(FailureCode.PLAN_MOVED, "one that came later"),
                StubDelegates.SUCCEEDS);
        stage.complete("Task_ApproveCrdRemoval", Map.of("approved", true));
        stage.run("Task_RemoveCrds");

        // when
        stage.resolve(HappyPath.RETRY);
        stage.run("CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_ApproveCrdRemoval");
        stage.complete("Task_ApproveCrdRemoval", Map.of("approved", true));
        stage.run("Task_RemoveCrds", "Task_ScanLeftovers");

        // then
        assertThat(change).hasPassed("EndEvent_MeshRemoved").isEnded();
    }

    @Test
    void shouldKeepTheCrdsIfTheirRemovalIsRejected() {
        // given
        ProcessInstance change = askedForCrds();

        // when
        stage.complete("Task_ApproveCrdRemoval", Map.of("approved", false));
        stage.run("Task_ScanLeftovers");

        // then
        assertThat(change).hasPassed("EndEvent_MeshRemoved").isEnded();
        then(removals()).isEqualTo(STEPS);
    }

    @Test
    void shouldKeepTheCrdsIfNobodyAnswers() {
        // given
        ProcessInstance change = askedForCrds();

        // when
        stage.run("BoundaryEvent_CrdApprovalExpired", "Task_ScanLeftovers");

        // then
        assertThat(change).hasPassed("EndEvent_MeshRemoved").isEnded();
        then(removals()).isEqualTo(STEPS);
    }

    @Test
    void shouldBeginAnewWhenAPersonTriesAgain() {
        // given
        stage.play(
                "removeObjectsDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"), StubDelegates.SUCCEEDS);
        ProcessInstance change = approved();
        stage.run("CallActivity_CarryOutRemoval", "CallActivity_RemoveObjects", "Task_RemoveHelloWorld");

        // when
        stage.resolve(HappyPath.RETRY);
        stage.objectsRemoved();
        stage.run("Task_ScanLeftovers");

        // then
        assertThat(change).hasPassed("EndEvent_MeshRemoved").isEnded();
    }

    @Test
    void shouldStopWhenAPersonStopsIt() {
        // given
        stage.play("removeObjectsDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance change = approved();
        stage.run("CallActivity_CarryOutRemoval", "CallActivity_RemoveObjects", "Task_RemoveHelloWorld");

        // when
        stage.resolve(HappyPath.STOP);

        // then
        assertThat(change).hasPassed("EndEvent_ChangeStopped").isEnded();
        then(stage.calls()).doesNotContain("scanLeftovers");
    }

    @Test
    void shouldRemoveNothingIfTheChangeIsRejected() {
        // when
        ProcessInstance change = decided(false);

        // then
        assertThat(change)
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("CallActivity_CarryOutRemoval")
                .isEnded();
    }

    /** A cluster that leaves goes by the same steps. */
    @Test
    void shouldTakeAClusterOutByTheSameSteps() {
        // given
        stage.play("checkTakeOutDelegate", asked(false));
        ProcessInstance change = decided("take-out-cluster", true);

        // when
        stage.run("CallActivity_CarryOutRemoval", "CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_ScanLeftovers");

        // then
        assertThat(change)
                .hasPassedInOrder(
                        "CallActivity_PrepareChange", "CallActivity_CarryOutRemoval", "EndEvent_ClustersTakenOut")
                .isEnded();
        then(stage.calls()).contains("checkTakeOut").doesNotContain("checkRemoval");
    }

    /** A removal that began by the diagram of an earlier release ends by it. */
    @Test
    void shouldEndWhatBeganByAnEarlierDiagram() {
        // given
        Deployment earlier = stage.deployEarlier("remove-mesh");
        ProcessInstance change = decided("remove-mesh", true);

        // when
        stage.run("CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_ScanLeftovers");

        // then
        assertThat(change)
                .hasPassedInOrder("Task_ScanLeftovers", "EndEvent_MeshRemoved")
                .isEnded();
        stage.engine().getRepositoryService().deleteDeployment(earlier.getId(), true);
    }

    private long removals() {
        return stage.calls().stream().filter("removeObjects"::equals).count();
    }

    private ProcessInstance askedForCrds() {
        stage.play("checkRemovalDelegate", asked(true));
        ProcessInstance change = approved();
        stage.run("CallActivity_CarryOutRemoval", "CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_ApproveCrdRemoval");
        return change;
    }

    private ProcessInstance approved() {
        return decided(true);
    }

    private ProcessInstance decided(boolean approved) {
        return decided("remove-mesh", approved);
    }

    private ProcessInstance decided(String process, boolean approved) {
        ProcessInstance change = stage.start(process, Map.of());
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight", "Task_ComputePlan");
        stage.complete("Task_ApproveChange", Map.of("approved", approved));
        if (approved) {
            stage.run("CallActivity_AcquireLeases", "Task_AcquireLeases");
        }
        return change;
    }

    private static JavaDelegate asked(boolean crds) {
        return execution -> {
            StubDelegates.checkInputs().execute(execution);
            RemovalVariable.write(execution, new Removal(List.of(new ClusterName("cluster1")), crds, false));
        };
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.ClusterName;
import io.meshspan.process.model.RemovalVariable;
import io.meshspan.removal.Removal;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which a removal can end. */
class RemoveMeshProcessTest {

    private static final String[] STEPS = {
        "Task_RemoveHelloWorld",
        "Task_RemoveRemoteSecrets",
        "Task_RemoveExposure",
        "Task_RemoveGateways",
        "Task_RemoveControlPlanes",
        "Task_RemoveTrust",
        "Task_RemoveNamespaces"
    };

    private final Stage stage = Stage.cleared();

    @BeforeEach
    void everythingWorks() {
        stage.play("checkRemovalDelegate", asked(false));
    }

    @Test
    void shouldRemoveInOrderAndLeaveTheCrds() {
        // given
        ProcessInstance change = approved();

        // when
        stage.run("CallActivity_RemoveObjects");
        stage.run(STEPS);
        stage.run("Task_ScanLeftovers");

        // then
        assertThat(change)
                .hasPassedInOrder("CallActivity_PrepareChange", "CallActivity_RemoveObjects", "Task_ScanLeftovers")
                .hasNotPassed("Task_RemoveCrds")
                .isEnded();
        then(stage.calls())
                .containsSubsequence("checkRemoval", "runPreflight", "computePlan", "removeObjects", "scanLeftovers");
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
    }

    @Test
    void shouldAskAnewWhatGoesWithTheCrdsWhenAPersonTriesAgain() {
        // given
        ProcessInstance change = askedForCrds();
        then(stage.variable(change, "goesWithCrds").toString()).contains("Gateway shop/entry");
        stage.play("removeObjectsDelegate", Parts.fails(FailureCode.PLAN_MOVED, "one that came later"), Parts.SUCCEEDS);
        stage.complete("Task_ApproveCrdRemoval", Map.of("approved", true));
        stage.run("Task_RemoveCrds");

        // when
        stage.complete("Task_DecideHowToGoOn", Course.RETRY);
        stage.run("CallActivity_RemoveObjects");
        stage.run(STEPS);
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
        assertThat(change)
                .hasPassed("EndEvent_MeshRemoved")
                .hasNotPassed("Task_RemoveCrds")
                .isEnded();
    }

    @Test
    void shouldKeepTheCrdsIfNobodyAnswers() {
        // given
        ProcessInstance change = askedForCrds();

        // when
        stage.run("BoundaryEvent_CrdApprovalExpired", "Task_ScanLeftovers");

        // then
        assertThat(change)
                .hasPassed("EndEvent_MeshRemoved")
                .hasNotPassed("Task_RemoveCrds")
                .isEnded();
    }

    @Test
    void shouldBeginAnewWhenAPersonTriesAgain() {
        // given
        stage.play("removeObjectsDelegate", Parts.fails(FailureCode.DENIED, "HTTP 403"), Parts.SUCCEEDS);
        ProcessInstance change = approved();
        stage.run("CallActivity_RemoveObjects", "Task_RemoveHelloWorld");

        // when
        stage.complete("Task_DecideHowToGoOn", Course.RETRY);
        stage.run(STEPS);
        stage.run("Task_ScanLeftovers");

        // then
        assertThat(change).hasPassed("EndEvent_MeshRemoved").isEnded();
    }

    @Test
    void shouldStopWhenAPersonStopsIt() {
        // given
        stage.play("removeObjectsDelegate", Parts.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance change = approved();
        stage.run("CallActivity_RemoveObjects", "Task_RemoveHelloWorld");

        // when
        stage.complete("Task_DecideHowToGoOn", Course.STOP);

        // then
        assertThat(change)
                .hasPassed("EndEvent_ChangeStopped")
                .hasNotPassed("Task_ScanLeftovers")
                .isEnded();
    }

    @Test
    void shouldRemoveNothingIfTheChangeIsRejected() {
        // when
        ProcessInstance change = decided(false);

        // then
        assertThat(change)
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("CallActivity_RemoveObjects")
                .isEnded();
    }

    private ProcessInstance askedForCrds() {
        stage.play("checkRemovalDelegate", asked(true));
        ProcessInstance change = approved();
        stage.run("CallActivity_RemoveObjects");
        stage.run(STEPS);
        stage.run("Task_ApproveCrdRemoval");
        return change;
    }

    private ProcessInstance approved() {
        return decided(true);
    }

    private ProcessInstance decided(boolean approved) {
        ProcessInstance change = stage.start("remove-mesh", Map.of());
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight", "Task_ComputePlan");
        stage.complete("Task_ApproveChange", Map.of("approved", approved));
        if (approved) {
            stage.run("CallActivity_HoldClusters", "Task_HoldClusters");
        }
        return change;
    }

    private static JavaDelegate asked(boolean crds) {
        return execution -> {
            Parts.checkInputs().execute(execution);
            RemovalVariable.write(execution, new Removal(List.of(new ClusterName("cluster1")), crds, false));
        };
    }
}

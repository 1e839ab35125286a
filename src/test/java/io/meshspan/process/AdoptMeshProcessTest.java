package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which an adoption can end. */
class AdoptMeshProcessTest extends HappyPath {

    AdoptMeshProcessTest() {
        super("adopt-mesh");
    }

    @BeforeEach
    void checked() {
        stage.play("checkAdoptionDelegate", StubDelegates.checkInputs());
    }

    @Test
    void shouldVerifyTheMeshOnceItsObjectsAreAdopted() {
        ProcessInstance change = prepared(true);
        adopted();
        meshVerified();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls())
                .containsSubsequence(
                        "recordPods", "adoptObjects", "comparePods", "acceptDifferences", "reportVerification");
    }

    @Test
    void shouldGiveTheObjectsBackWhenADeploymentHasChanged() {
        stage.written();
        stage.play("comparePodsDelegate", StubDelegates.fails(FailureCode.INVALID, "another specification"));
        ProcessInstance change = prepared(true);
        stage.run("Task_RecordPods", "Task_AdoptObjects", "Task_ComparePods");

        stage.resolve(Map.of("decision", "rollBack"));
        stage.run("CallActivity_RollBack");

        assertThat(change).hasPassed("StartEvent_RollBackChosen").hasNotPassed("CallActivity_VerifyMesh");
    }

    @Test
    void shouldRunAllStepsAgainAfterAFailure() {
        stage.play("adoptObjectsDelegate", StubDelegates.fails(FailureCode.DENIED, "no right"), StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_RecordPods", "Task_AdoptObjects");
        stage.resolve(RETRY);
        adopted();

        assertThat(change).isWaitingAt("CallActivity_VerifyMesh");
    }

    @Test
    void shouldStopWhereAnOperatorStopsIt() {
        stage.play("adoptObjectsDelegate", StubDelegates.fails(FailureCode.DENIED, "no right"));
        ProcessInstance change = prepared(true);
        stage.run("Task_RecordPods", "Task_AdoptObjects");
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_ChangeStopped").hasNotPassed("CallActivity_VerifyMesh");
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        assertThat(prepared(false))
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("Task_AdoptObjects");
    }

    private void adopted() {
        stage.run("Task_RecordPods", "Task_AdoptObjects", "Task_ComparePods", "Task_AcceptDifferences");
    }
}

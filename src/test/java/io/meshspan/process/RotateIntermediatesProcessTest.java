package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which a rotation of intermediates can end. */
class RotateIntermediatesProcessTest extends HappyPath {

    RotateIntermediatesProcessTest() {
        super("rotate-intermediates");
    }

    @BeforeEach
    void checked() {
        stage.play("checkRotationDelegate", StubDelegates.checkInputs());
    }

    @Test
    void shouldVerifyTheMeshOnceEachIstiodSignsWithItsNewIntermediate() {
        ProcessInstance change = prepared(true);
        stage.run("Task_ReplaceIntermediates");
        waited("CallActivity_WaitForReload");
        stage.run("Task_RestartIstiod");
        waited("CallActivity_WaitForIstiod");
        stage.run("CallActivity_WaitForIstiod");
        waited("CallActivity_WaitUntilInUse");
        waited("CallActivity_WaitForSync");
        meshVerified();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls()).containsSubsequence("replaceIntermediates", "restartLaggingIstiod", "reportVerification");
    }

    @Test
    void shouldRollBackWhenTheSignerRefuses() {
        stage.written();
        stage.play("replaceIntermediatesDelegate", StubDelegates.fails(FailureCode.ROOTS_DIFFER, "another root"));
        ProcessInstance change = prepared(true);
        stage.run("Task_ReplaceIntermediates");

        stage.resolve(Map.of("decision", "rollBack"));
        stage.run("CallActivity_RollBack");

        assertThat(change).hasPassed("StartEvent_RollBackChosen").hasNotPassed("CallActivity_VerifyMesh");
    }

    @Test
    void shouldStopWhenAnIstiodDoesNotTakeItOver() {
        ProcessInstance change = prepared(true);
        stage.run("Task_ReplaceIntermediates");
        waited("CallActivity_WaitForReload");
        stage.run("Task_RestartIstiod");
        waited("CallActivity_WaitForIstiod");
        stage.run("CallActivity_WaitForIstiod", "CallActivity_WaitUntilInUse", "Task_WatchCondition");
        stage.run("Event_LimitReached", "Task_DescribeWait");
        stage.resolve(STOP);

        assertThat(change).isEnded().hasPassed("EndEvent_ChangeStopped").hasNotPassed("CallActivity_VerifyMesh");
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        assertThat(prepared(false))
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("Task_ReplaceIntermediates");
    }
}

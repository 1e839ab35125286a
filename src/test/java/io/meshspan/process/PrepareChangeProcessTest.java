package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrepareChangeProcessTest {

    private final Stage stage = Stage.cleared();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWithTheDecisionOnThePlan(boolean approved) {
        ProcessInstance preparation = stage.start("prepare-change", Map.of());
        stage.run("Task_RunPreflight", "Task_ComputePlan");
        assertThat(preparation).task().hasDefinitionKey("Task_ApproveChange").hasCandidateGroup("change-managers");

        stage.complete("Task_ApproveChange", Map.of("approved", approved));

        assertThat(preparation)
                .isEnded()
                .hasPassedInOrder("Task_RunPreflight", "Task_ComputePlan", "Task_ApproveChange")
                .hasNotPassed("Task_DecideHowToGoOn");
        then(stage.variable(preparation, "approved")).isEqualTo(approved);
    }

    @Test
    void shouldLookAtTheClustersAgainWhenAPersonTriesAgain() {
        stage.play("runPreflightDelegate", Parts.fails(FailureCode.PREFLIGHT_FAILED, "roots differ"), Parts.SUCCEEDS);
        ProcessInstance preparation = stage.start("prepare-change", Map.of());
        stage.run("Task_RunPreflight");
        then(String.valueOf(stage.variable(preparation, "failureText"))).contains("roots differ");

        stage.complete("Task_DecideHowToGoOn", Map.of("decision", "retry"));
        stage.run("Task_RunPreflight");

        assertThat(preparation).isWaitingAt("Task_ComputePlan");
    }

    @Test
    void shouldComeBackToThePreflightWhenThePlanFailed() {
        stage.play("computePlanDelegate", Parts.fails(FailureCode.CHARTS_UNUSABLE, "no chart"), Parts.SUCCEEDS);
        ProcessInstance preparation = stage.start("prepare-change", Map.of());
        stage.run("Task_RunPreflight", "Task_ComputePlan");

        stage.complete("Task_DecideHowToGoOn", Map.of("decision", "retry"));
        stage.run("Task_RunPreflight", "Task_ComputePlan");

        assertThat(preparation).isWaitingAt("Task_ApproveChange");
    }
}

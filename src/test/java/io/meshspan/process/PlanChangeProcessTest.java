package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

class PlanChangeProcessTest {

    private final StepHarness stage = StepHarness.cleared();

    @Test
    void shouldEndWithThePlanAndAskNobody() {
        ProcessInstance plan = stage.start("plan-change", Map.of("planOf", "install-mesh"));
        stage.run("Task_RunPreflight", "Task_ComputePlan");

        assertThat(plan)
                .isEnded()
                .hasPassedInOrder("Task_CheckInputs", "Task_RunPreflight", "Task_ComputePlan", "EndEvent_PlanComputed");
        then(stage.calls()).containsExactly("checkPlanRequest", "runPreflight", "computePlan");
    }

    @Test
    void shouldEndWithWhatStandsInTheWayAndAskNobody() {
        stage.play("runPreflightDelegate", StubDelegates.fails(FailureCode.PREFLIGHT_FAILED, "roots differ"));
        ProcessInstance plan = stage.start("plan-change", Map.of("planOf", "install-mesh"));
        stage.run("Task_RunPreflight");

        assertThat(plan).isEnded().hasPassed("EndEvent_PlanFailed").hasNotPassed("Task_ComputePlan");
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** By itself, so that an error with which it ends finds nobody who expects it, and is seen here. */
class AcceptResultProcessTest {

    private final StepHarness stage = StepHarness.cleared();

    @Test
    void shouldAskNobodyWhereTheGateIsOff() {
        ProcessInstance result = stage.start("accept-result", Map.of());

        assertThat(result).isEnded().hasPassed("EndEvent_ResultAccepted").hasNotPassed("Task_AcceptResult");
    }

    @Test
    void shouldEndWellWhenAPersonAccepts() {
        ProcessInstance result = asked();
        assertThat(result).task().hasCandidateGroup("change-managers");

        stage.complete("Task_AcceptResult", Map.of("approved", true));

        assertThat(result).isEnded().hasPassed("EndEvent_ResultAccepted");
    }

    @Test
    void shouldTellTheCallerThatAPersonRefused() {
        asked();

        assertThatThrownBy(() -> stage.complete("Task_AcceptResult", Map.of("approved", false)))
                .hasMessageContaining("RESULT_NOT_ACCEPTED");
    }

    @Test
    void shouldTellTheCallerThatNobodyAnswered() {
        asked();

        assertThatThrownBy(() -> stage.run("BoundaryEvent_AcceptanceExpired"))
                .hasMessageContaining("RESULT_NOT_ACCEPTED");
    }

    private ProcessInstance asked() {
        stage.gates().askForAcceptance();
        return stage.start("accept-result", Map.of());
    }
}

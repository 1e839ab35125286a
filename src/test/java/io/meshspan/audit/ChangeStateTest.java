package io.meshspan.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.junit.jupiter.api.Test;

class ChangeStateTest {

    /** An end that is an error is caught: the change goes on from there. */
    @Test
    void shouldKnowEveryEndThatADiagramHas() throws Exception {
        List<String> ends = ends();

        assertThat(ends).contains("Mesh verified", "Plan computed", "Change rolled back", "Removal complete");
        assertThat(ends)
                .allSatisfy(end -> assertThat(ChangeState.ended(end))
                        .as(end)
                        .isNotEqualTo(ChangeState.ENDED_OTHERWISE)
                        .matches(state -> !state.runs()));
    }

    @Test
    void shouldKnowAnEndWithoutSomeClusters() {
        assertThat(ChangeState.ended("Mesh verified without cluster3")).isEqualTo(ChangeState.VERIFIED);
        assertThat(ChangeState.ended("Mesh not verified")).isEqualTo(ChangeState.VERIFICATION_FAILED);
        assertThat(ChangeState.ended("Change done")).isEqualTo(ChangeState.ENDED_OTHERWISE);
    }

    @Test
    void shouldSayAStateInWords() {
        assertThat(ChangeState.WAITING_FOR_OTHER_CHANGE.inWords()).isEqualTo("waiting for other change");
    }

    private static List<String> ends() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn"))
                    .map(file -> Bpmn.readModelFromFile(file.toFile()))
                    .filter(ChangeStateTest::startsAChange)
                    .flatMap(model -> model.getModelElementsByType(EndEvent.class).stream())
                    .filter(end -> end.getEventDefinitions().stream().noneMatch(ErrorEventDefinition.class::isInstance))
                    .filter(ChangeStateTest::endsTheChange)
                    .map(EndEvent::getName)
                    .distinct()
                    .toList();
        }
    }

    /** Where a frame of steps ends the change goes on; an event sub-process has the last word. */
    private static boolean endsTheChange(EndEvent end) {
        return !(end.getParentElement() instanceof SubProcess frame) || frame.triggeredByEvent();
    }

    private static boolean startsAChange(BpmnModelInstance model) {
        return model.getModelElementsByType(Process.class).stream()
                .allMatch(process ->
                        !process.getCamundaCandidateStarterGroupsList().isEmpty());
    }
}

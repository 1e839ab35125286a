package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A diagram is read from left to right, on one screen of Cockpit. */
class DiagramLayoutTest {

    private static final double WIDEST = 1800;
    private static final double SAME_ROW = 1;

    static List<Diagram> diagrams() {
        return Diagram.all();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldLeadFromLeftToRightToItsGoodEnd(Diagram diagram) {
        Bounds start = diagram.bounds(diagram.each(StartEvent.class).iterator().next());

        assertThat(diagram.each(EndEvent.class))
                .filteredOn(end -> end.getEventDefinitions().stream().noneMatch(ErrorEventDefinition.class::isInstance))
                .map(diagram::bounds)
                .anySatisfy(end -> {
                    assertThat(Math.abs(middle(end) - middle(start))).isLessThan(SAME_ROW);
                    assertThat(end.getX()).isGreaterThan(start.getX());
                });
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldFitOnAScreen(Diagram diagram) {
        List<Bounds> drawn =
                diagram.each(FlowNode.class).stream().map(diagram::bounds).toList();
        double left = drawn.stream().mapToDouble(Bounds::getX).min().orElseThrow();
        double right =
                drawn.stream().mapToDouble(b -> b.getX() + b.getWidth()).max().orElseThrow();

        assertThat(right - left).isLessThanOrEqualTo(WIDEST);
    }

    private static double middle(Bounds bounds) {
        return bounds.getY() + bounds.getHeight() / 2;
    }
}

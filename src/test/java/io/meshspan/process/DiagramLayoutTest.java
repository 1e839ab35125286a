package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A diagram is read from left to right, on one screen of Cockpit, and nothing in it hides anything else. */
class DiagramLayoutTest {

    private static final double WIDEST = 1600;
    private static final int LONGEST_ROW = 12;

    static List<Diagram> diagrams() {
        return Diagram.all();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldLeadInOneStraightRowToItsGoodEnd(Diagram diagram) {
        List<FlowNode> row = row(diagram);

        assertThat(row.get(row.size() - 1)).isInstanceOf(EndEvent.class);
        assertThat(row.get(row.size() - 1).getChildElementsByType(ErrorEventDefinition.class))
                .isEmpty();
        assertThat(row)
                .filteredOn(node -> node instanceof Activity && !(node instanceof SubProcess))
                .hasSizeBetween(1, LONGEST_ROW);
    }

    /** What is asked at the end of a change is a part of its course. */
    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldHaveTheAcceptanceInTheRow(Diagram diagram) {
        assertThat(diagram.each(FlowNode.class))
                .filteredOn(node -> node.getId().equals("CallActivity_AcceptResult"))
                .isSubsetOf(row(diagram));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldFitOnAScreen(Diagram diagram) {
        assertThat(new DrawnDiagram(diagram).width()).isLessThanOrEqualTo(WIDEST);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldKeepNamesApartFromEverythingElse(Diagram diagram) {
        DrawnDiagram drawn = new DrawnDiagram(diagram);

        assertThat(drawn.otherWidths).isEmpty();
        assertThat(drawn.namesThatTouch()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldShowWhichStepCallsAProcessAndWhichRunsOnceACluster(Diagram diagram) {
        assertThat(new DrawnDiagram(diagram).hiddenMarkers()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldKeepShapesApart(Diagram diagram) {
        DrawnDiagram drawn = new DrawnDiagram(diagram);

        assertThat(drawn.shapesThatTouch()).isEmpty();
        assertThat(drawn.linesThroughShapes()).isEmpty();
    }

    /** A mesh file describes every mesh, so its diagram is that of the topology that has every part. */
    @Test
    void shouldTellAMeshFromAFileFromTheFullestTopologyByItsNameAndRequestAlone() throws IOException {
        assertThat(steps("install-mesh", "Install mesh from file", "MIXED"))
                .isEqualTo(steps(
                        "primary-remote-multi-network",
                        "Primary-remote, multi-network",
                        "PRIMARY_REMOTE_MULTI_NETWORK"));
    }

    private static String steps(String process, String name, String topology) throws IOException {
        return Files.readString(Path.of("processes", process + ".bpmn"))
                .replaceAll("<bpmn:documentation>[^<]*</bpmn:documentation>", "")
                .replace(" name=\"" + name + "\"", "")
                .replace(">" + topology + "<", "><")
                .replace(process, "");
    }

    private static List<FlowNode> row(Diagram diagram) {
        return DrawnDiagram.row(diagram.each(StartEvent.class).stream()
                .filter(start -> start.getParentElement() instanceof Process)
                .findFirst()
                .orElseThrow());
    }
}

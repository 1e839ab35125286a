package io.meshspan.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** One file of processes/, as its author drew it. */
record Diagram(String name, BpmnModelInstance model) {

    private static final Path FOLDER = Path.of("processes");
    private static final String ENDING = ".bpmn";

    static List<Diagram> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .sorted()
                    .map(file -> named(file.substring(0, file.length() - ENDING.length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Diagram named(String name) {
        return new Diagram(
                name, Bpmn.readModelFromFile(FOLDER.resolve(name + ENDING).toFile()));
    }

    <T extends ModelElementInstance> Collection<T> each(Class<T> type) {
        return model.getModelElementsByType(type);
    }

    Process process() {
        return each(Process.class).iterator().next();
    }

    boolean hasErrorBoundary(FlowNode activity) {
        return boundaries(activity).findAny().isPresent();
    }

    /** Whether an error that leaves this activity finds somebody who expects it: at the activity, or anywhere. */
    boolean catches(FlowNode activity, String code) {
        return Stream.concat(boundaries(activity), anywhere())
                .map(ErrorEventDefinition::getError)
                .anyMatch(error -> error == null || code.equals(error.getErrorCode()));
    }

    /** Whether an error that nobody here expects leaves this process as one of its own does, for its caller. */
    boolean passesOn(String code) {
        return thrown().contains(code);
    }

    /** The codes with which this process can end. */
    List<String> thrown() {
        return each(ErrorEventDefinition.class).stream()
                .filter(definition -> definition.getParentElement() instanceof EndEvent)
                .map(ErrorEventDefinition::getError)
                .map(Error::getErrorCode)
                .toList();
    }

    Bounds bounds(FlowNode node) {
        return Objects.requireNonNull((BpmnShape) node.getDiagramElement()).getBounds();
    }

    private Stream<ErrorEventDefinition> anywhere() {
        return each(ErrorEventDefinition.class).stream()
                .filter(definition -> definition.getParentElement() instanceof StartEvent);
    }

    private Stream<ErrorEventDefinition> boundaries(FlowNode activity) {
        return each(BoundaryEvent.class).stream()
                .filter(event -> activity.equals(event.getAttachedTo()))
                .flatMap(event -> event.getEventDefinitions().stream())
                .filter(ErrorEventDefinition.class::isInstance)
                .map(ErrorEventDefinition.class::cast);
    }

    @Override
    public String toString() {
        return name;
    }
}

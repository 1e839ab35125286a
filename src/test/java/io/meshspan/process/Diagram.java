package io.meshspan.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** One file of processes/, as its author drew it. */
record Diagram(String name, BpmnModelInstance model) {

    private static final Path FOLDER = Path.of("processes");
    private static final String ENDING = ".bpmn";

    private static final Map<String, Diagram> READ = new ConcurrentHashMap<>();

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

    /** Read once: whoever wants to change a diagram reads a copy of its own. */
    static Diagram named(String name) {
        return READ.computeIfAbsent(
                name,
                read -> new Diagram(
                        read,
                        Bpmn.readModelFromFile(FOLDER.resolve(read + ENDING).toFile())));
    }

    <T extends ModelElementInstance> Collection<T> each(Class<T> type) {
        return model.getModelElementsByType(type);
    }

    Process process() {
        return each(Process.class).iterator().next();
    }

    /** Whether a failure of this activity is caught: at the activity, or at the border of the frame in which it stands. */
    boolean hasErrorBoundary(FlowNode activity) {
        return scopes(activity).flatMap(this::boundaries).findAny().isPresent();
    }

    /**
     * What catches an error that leaves this element, as the engine finds it: from the inside out; in one place whatever
     * names the code before what catches all.
     */
    Optional<ErrorEventDefinition> catcher(FlowNode thrower, String code) {
        return Stream.concat(scopes(thrower).map(this::boundaries), Stream.of(anywhere()))
                .map(definitions -> definitions
                        .filter(definition -> catches(definition, code))
                        .min(Comparator.comparing(definition -> definition.getError() == null)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean catches(ErrorEventDefinition definition, String code) {
        return definition.getError() == null
                || code.equals(definition.getError().getErrorCode());
    }

    /** The codes of errors that can leave this process, its own and those of the processes that it calls. */
    Set<String> leaving() {
        return leaving(new HashSet<>());
    }

    private Set<String> leaving(Set<String> asked) {
        Set<String> leaving = new TreeSet<>();
        if (asked.add(name)) {
            each(EndEvent.class)
                    .forEach(end -> end.getChildElementsByType(ErrorEventDefinition.class).stream()
                            .map(definition -> definition.getError().getErrorCode())
                            .filter(code -> catcher(end, code).isEmpty())
                            .forEach(leaving::add));
            each(CallActivity.class)
                    .forEach(call -> thrownBy(call, asked).stream()
                            .filter(code -> catcher(call, code).isEmpty())
                            .forEach(leaving::add));
        }
        return leaving;
    }

    /** With which errors a called process can end. */
    static Set<String> thrownBy(CallActivity call) {
        return thrownBy(call, new HashSet<>());
    }

    /** Whoever calls may say that a roll back is not among the choices. */
    private static Set<String> thrownBy(CallActivity call, Set<String> asked) {
        Set<String> thrown = named(call.getCalledElement()).leaving(asked);
        boolean noRollBack =
                call.getExtensionElements().getElementsQuery().filterByType(CamundaIn.class).list().stream()
                        .anyMatch(in -> "mayRollBack".equals(in.getCamundaTarget())
                                && "${false}".equals(in.getCamundaSourceExpression()));
        if (noRollBack) {
            thrown.remove("ROLL_BACK");
        }
        return thrown;
    }

    private static Stream<FlowNode> scopes(FlowNode node) {
        return Stream.iterate(
                node, Objects::nonNull, inner -> inner.getParentElement() instanceof SubProcess frame ? frame : null);
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

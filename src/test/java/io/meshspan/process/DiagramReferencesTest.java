package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.engine.ApprovalTask;
import io.meshspan.engine.model.PlannedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a diagram names outside itself is there. */
class DiagramReferencesTest {

    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");

    private static final Pattern CALL = Pattern.compile("(\\w+)\\.(\\w+)\\(");

    private static final Pattern DECISION = Pattern.compile("decision == (?:\"|&quot;)(\\w+)");

    private static final Pattern OFFERED = Pattern.compile("value: \"(\\w+)\"");

    static List<Diagram> diagrams() {
        return Diagram.all();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldNameFormsThatExist(Diagram diagram) {
        assertThat(forms(diagram))
                .allSatisfy(form -> assertThat(Path.of("forms", form)).isRegularFile());
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldGiveEveryPersonAForm(Diagram diagram) {
        assertThat(diagram.each(UserTask.class)).allSatisfy(task -> {
            assertThat(task.getCamundaFormRef()).isNotBlank();
            assertThat(task.getCamundaFormRefBinding()).isEqualTo("deployment");
        });
    }

    /** Nobody approves anything without reading what was asked for, as it stands on record. */
    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldShowEveryApproverWhatWasAskedFor(Diagram diagram) {
        assertThat(diagram.each(UserTask.class))
                .filteredOn(ApprovalTask::is)
                .allSatisfy(task -> assertThat(Path.of("forms", task.getCamundaFormRef() + ".form"))
                        .content()
                        .contains("{{asked.text}}"));
    }

    /** Whoever is asked how to go on is offered what the diagram has a way for: no way is that of any other value. */
    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldOfferTheDecisionsThatItHasAWayFor(Diagram diagram) {
        Set<String> ways = DECISION.matcher(Bpmn.convertToString(diagram.model()))
                .results()
                .map(way -> way.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(diagram.each(UserTask.class))
                .filteredOn(task -> task.getCamundaFormRef().startsWith("decide-"))
                .allSatisfy(
                        task -> assertThat(offered(task.getCamundaFormRef())).isEqualTo(ways));
    }

    /** The page of changes filters by each process that is a change; plan-change is told by its state instead. */
    @Test
    void shouldBeOfferedInTheListOfChanges() throws IOException {
        Set<String> called = diagrams().stream()
                .flatMap(diagram -> diagram.each(CallActivity.class).stream())
                .map(CallActivity::getCalledElement)
                .collect(Collectors.toSet());
        String list = Files.readString(Path.of("src/main/resources/META-INF/resources/changes/list.js"));

        assertThat(diagrams())
                .extracting(Diagram::name)
                .filteredOn(process -> !called.contains(process) && !process.equals(PlannedProcess.PLAN_CHANGE))
                .hasSizeGreaterThan(15)
                .allSatisfy(process -> assertThat(list).contains("'" + process + "'"));
    }

    private static Set<String> offered(String form) throws IOException {
        Set<String> offered = new TreeSet<>();
        new ObjectMapper()
                .readTree(Path.of("forms", form + ".form").toFile())
                .path("components")
                .forEach(field -> {
                    offered.addAll(field.path("values").findValuesAsText("value"));
                    OFFERED.matcher(field.path("valuesExpression").asText(""))
                            .results()
                            .forEach(choice -> offered.add(choice.group(1)));
                });
        return offered;
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void shouldCallMethodsThatExist(Diagram diagram) {
        List<MatchResult> calls = EXPRESSION
                .matcher(Bpmn.convertToString(diagram.model()))
                .results()
                .flatMap(expression -> CALL.matcher(expression.group(1)).results())
                .toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(offers(call.group(1), call.group(2)))
                        .as(call.group())
                        .isTrue());
    }

    /** The engine gives each expression the execution in which it is asked. */
    private static boolean offers(String object, String method) {
        return object.equals("execution")
                ? Stream.of(DelegateExecution.class.getMethods())
                        .anyMatch(known -> known.getName().equals(method))
                : Beans.offers(object, method);
    }

    private static Stream<String> forms(Diagram diagram) {
        Stream<String> asked = diagram.each(UserTask.class).stream().map(task -> task.getCamundaFormRef() + ".form");
        Stream<String> started = diagram.each(StartEvent.class).stream()
                .map(StartEvent::getCamundaFormKey)
                .filter(Objects::nonNull)
                .map(key -> key.substring(key.lastIndexOf('/') + 1));
        return Stream.concat(asked, started);
    }
}

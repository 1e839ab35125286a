package io.meshspan.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.approval.InvalidDecision;
import io.meshspan.engine.identity.TaskQuestion.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a form offers is all that the engine takes, read from the form itself. */
class TaskFormTest {

    private static final Path FORMS = Path.of("forms");

    static List<Path> formsOfTasks() throws IOException {
        try (Stream<Path> forms = Files.list(FORMS)) {
            return forms.filter(form -> form.getFileName().toString().matches("(accept|approve|decide)-.*"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("formsOfTasks")
    void shouldCheckEachFieldOfEachForm(Path form) throws IOException {
        TaskForm fields = TaskForm.of(new ObjectMapper().readTree(form.toFile()), Variables.createVariables());
        VariableMap numbers = Variables.createVariables();
        fields.keys().forEach(key -> numbers.putValue(key, 5));

        assertThat(fields.shown()).extracting(FormField::key).contains("comment");
        assertThatThrownBy(() -> fields.check(numbers))
                .isInstanceOf(InvalidDecision.class)
                .hasMessageContaining("comment: expected a text, 2000 characters at most, found 5");
    }

    @ParameterizedTest
    @CsvSource({
        "decide-or-roll-back, , , retry rollBack stop",
        "decide-or-roll-back, cluster2, , retry without rollBack stop",
        "decide-or-roll-back, cluster2, true, retry without rollBack stop",
        "decide-or-roll-back, , false, retry stop",
    })
    void shouldOfferWhatTheFormOffersInThisPlace(String form, String leaveOut, Boolean mayRollBack, String offered)
            throws IOException {
        VariableMap variables = Variables.createVariables();
        if (leaveOut != null) {
            variables.putValue("leaveOut", leaveOut);
        }
        if (mayRollBack != null) {
            variables.putValue("mayRollBack", mayRollBack);
        }

        assertThat(field(form(form, variables), "decision").offered())
                .isEqualTo(List.of((Object[]) offered.split(" ")));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("nothing", null),
                Arguments.of("nothing", Variables.untypedNullValue()),
                Arguments.of("nothing", Variables.stringValue(null)),
                Arguments.of("nothing", Variables.stringValue(" ")),
                Arguments.of("\"RETRY\"", Variables.stringValue("RETRY")),
                Arguments.of("\"rollback\"", Variables.stringValue("rollback")),
                Arguments.of("\"true\"", Variables.stringValue("true")),
                Arguments.of("5", Variables.integerValue(5)),
                Arguments.of("true", Variables.booleanValue(true)),
                Arguments.of("a value of the type byte[]", Variables.byteArrayValue(new byte[] {1})),
                Arguments.of(
                        "a value of the type object",
                        Variables.serializedObjectValue("\"retry\"")
                                .objectTypeName("java.lang.String")
                                .serializationDataFormat("application/json")
                                .create()),
                Arguments.of("a transient one", Variables.stringValue("retry", true)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldRefuseAnyOtherValueWithThoseThatThereAre(String found, TypedValue value) throws IOException {
        VariableMap submitted = Variables.createVariables().putValue("mayRollBack", false);
        if (value != null) {
            submitted.putValueTyped("decision", value);
        }

        assertThatThrownBy(() -> form("decide-or-roll-back", submitted).check(submitted))
                .isInstanceOf(InvalidDecision.class)
                .message()
                .startsWith("decision: expected ")
                .endsWith("found " + found)
                .satisfies(words -> assertThat(words.contains("retry or stop") || found.contains("transient"))
                        .isTrue());
    }

    @Test
    void shouldTakeWhatIsOfferedAndTellEverythingThatIsWrongAtOnce() throws IOException {
        VariableMap right =
                Variables.createVariables().putValue("approved", false).putValue("comment", "no");
        VariableMap wrong =
                Variables.createVariables().putValue("approved", "true").putValue("comment", "x".repeat(2001));
        TaskForm form = form("approve-change", right);

        assertThatCode(() -> form.check(right)).doesNotThrowAnyException();
        assertThatThrownBy(() -> form.check(wrong)).hasMessage("""
                        approved: expected true or false, found "true"
                        comment: expected a text, 2000 characters at most, found 2001 characters""");
    }

    @Test
    void shouldTellWithWhichDecisionAFieldIsAskedAndWhatItOffersInWords() throws IOException {
        VariableMap first = Variables.createVariables()
                .putValue("left", "c1/shop, c2/shop")
                .putValue("moved", "")
                .putValue("shares", "50 %: 1 of 2; 100 %: 2 of 2");
        VariableMap later = Variables.createVariables();
        later.putAll(first);
        later.putValue("moved", "c3/shop");

        assertThat(form("choose-next-wave", first).questions())
                .extracting(Field::name, Field::required, Field::offered, Field::onlyWith)
                .containsExactly(
                        tuple("decision", true, List.of("move", "percent", "rollBack", "stop"), List.of()),
                        tuple("percent", true, List.of("50", "100"), List.of("percent")),
                        tuple("wave", true, List.of("c1/shop", "c2/shop"), List.of("move")),
                        tuple("comment", false, List.of(), List.of()));
        assertThat(form("choose-next-wave", first).questions().get(1).labels())
                .containsExactly("50 %: 1 of 2", "100 %: 2 of 2");
        assertThat(form("choose-next-wave", later).questions())
                .extracting(Field::name, Field::offered, Field::onlyWith)
                .contains(tuple("waveBack", List.of("c3/shop"), List.of("back")));
    }

    @Test
    void shouldRefuseAListWithNothingInItAndNameWhatIsNotOffered() throws IOException {
        VariableMap move = Variables.createVariables()
                .putValue("left", "c1/shop, c2/shop")
                .putValue("moved", "")
                .putValue("shares", "")
                .putValue("decision", "move");

        for (String chosen : List.of("[]", "[\"c1/shop\", \"nope\"]", "[\"c2/shop\"]")) {
            move.putValueTyped(
                    "wave",
                    Variables.serializedObjectValue(chosen)
                            .objectTypeName("java.util.ArrayList<java.lang.String>")
                            .serializationDataFormat("application/json")
                            .create());
            ThrowingCallable check = () -> form("choose-next-wave", move).check(move);
            if (chosen.equals("[\"c2/shop\"]")) {
                assertThatCode(check).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(check)
                        .hasMessage("wave: expected some of c1/shop or c2/shop, found "
                                + (chosen.equals("[]") ? "nothing" : "\"nope\""));
            }
        }
    }

    /** A form that asks for a name only where something says so. */
    @Test
    void shouldNotAskForAFieldThatIsHidden() throws IOException {
        String form = """
                {"components": [{"key": "name", "type": "textfield", "validate": {"required": true},
                 "conditional": {"hide": "=urgent = true"}}]}""";
        VariableMap urgent = Variables.createVariables().putValue("urgent", true);
        VariableMap ordinary = Variables.createVariables().putValue("urgent", false);

        assertThatCode(() ->
                        TaskForm.of(new ObjectMapper().readTree(form), urgent).check(urgent))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        TaskForm.of(new ObjectMapper().readTree(form), ordinary).check(ordinary))
                .hasMessage("name: expected a text, found nothing");
    }

    private static FormField field(TaskForm form, String key) {
        return form.shown().stream()
                .filter(field -> field.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static TaskForm form(String name, VariableMap variables) throws IOException {
        return TaskForm.of(
                new ObjectMapper().readTree(FORMS.resolve(name + ".form").toFile()), variables);
    }
}

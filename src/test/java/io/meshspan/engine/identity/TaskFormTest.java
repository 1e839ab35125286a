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
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.plugin.variable.SpinValues;
import org.jspecify.annotations.Nullable;
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
            return forms.filter(form -> form.getFileName().toString().matches("(accept|approve|choose|decide)-.*"))
                    .toList();
        }
    }

    /** form-js would keep the error of a field that has been hidden since, and nothing could be completed. */
    @Test
    void shouldNotHaveTheBrowserRequireWhatCanBeHidden() throws IOException {
        try (Stream<Path> forms = Files.list(FORMS)) {
            assertThat(forms.toList())
                    .hasSizeGreaterThan(20)
                    .allSatisfy(form -> assertThat(
                                    new ObjectMapper().readTree(form.toFile()).path("components"))
                            .filteredOn(field -> field.has("conditional"))
                            .allMatch(field ->
                                    !field.path("validate").path("required").asBoolean()));
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

    static Stream<Arguments> waves() {
        return Stream.of(
                Arguments.of("move", "wave", "nothing", null),
                Arguments.of("move", "wave", "nothing", "[]"),
                Arguments.of("move", "wave", "[cluster9/shop]", "[\"cluster9/shop\"]"),
                Arguments.of("move", "wave", "[c1/cart, c1/cart]", "[\"c1/cart\", \"c1/cart\"]"),
                Arguments.of("move", "wave", "a value of the type json", "[1]"),
                Arguments.of("move", "wave", "a value of the type json", "{\"a\": 1}"),
                Arguments.of("back", "waveBack", "nothing", null),
                Arguments.of("back", "waveBack", "nothing", "[]"),
                Arguments.of("stop", "wave", "[cluster9/shop]", "[\"cluster9/shop\"]"));
    }

    /** An empty wave would do nothing, and an empty way back would take everything back. */
    @ParameterizedTest
    @MethodSource("waves")
    void shouldTakeNoWaveButOneOfWhatIsOffered(String decision, String field, String found, @Nullable String chosen)
            throws IOException {
        VariableMap submitted = wave(decision);
        if (chosen != null) {
            submitted.putValueTyped(field, SpinValues.jsonValue(chosen).create());
        }

        assertThatThrownBy(() -> form("choose-next-wave", submitted).check(submitted))
                .isInstanceOf(InvalidDecision.class)
                .message()
                .startsWith(field + ": expected some of ")
                .endsWith(", found " + found);
    }

    @Test
    void shouldTakeAWaveOfWhatIsOffered() throws IOException {
        VariableMap submitted = wave("move");
        submitted.putValueTyped("wave", SpinValues.jsonValue("[\"c1/cart\"]").create());

        assertThatCode(() -> form("choose-next-wave", submitted).check(submitted))
                .doesNotThrowAnyException();
    }

    private static VariableMap wave(String decision) {
        return Variables.createVariables()
                .putValue("decision", decision)
                .putValue("left", "c1/cart, c1/shop")
                .putValue("moved", "c2/cart")
                .putValue("shares", "50 % (1 of 2): c1/cart; 100 % (2 of 2): c1/cart, c1/shop");
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

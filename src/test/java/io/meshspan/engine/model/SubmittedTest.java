package io.meshspan.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.RequestField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.plugin.variable.SpinValues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmittedTest {

    @ParameterizedTest
    @ValueSource(strings = {"cluster1,cluster2", " cluster1 , cluster2 ", "[\"cluster1\",\"cluster2\"]"})
    void shouldReadAListHoweverItIsWritten(String text) {
        assertThat(list(text)).containsExactly("cluster1", "cluster2");
        assertThat(list(List.of("cluster1", "cluster2"))).containsExactly("cluster1", "cluster2");
        assertThat(list(json("[\"cluster1\", \"cluster2\"]"))).containsExactly("cluster1", "cluster2");
    }

    @Test
    void shouldHandOnWhatIsNoListForTheRulesToRefuse() {
        assertThat(list("[cluster1")).containsExactly("[cluster1");
        assertThat(list("cluster1,,cluster2")).containsExactly("cluster1", "", "cluster2");
    }

    @Test
    void shouldTakeWhatIsAbsentForEmpty() {
        Submitted nothing = submitted(null);

        assertThat(nothing.text("field").isAbsent()).isTrue();
        assertThat(nothing.list("field")).isEmpty();
        assertThat(nothing.flag("field")).isFalse();
        assertThat(nothing.findings(Set.of("field"))).isEmpty();
    }

    @Test
    void shouldReadFlags() {
        assertThat(submitted(true).flag("field")).isTrue();
        assertThat(submitted(false).flag("field")).isFalse();
        assertThat(json("true"))
                .satisfies(json -> assertThat(submitted(json).flag("field")).isTrue());
    }

    static Stream<Object> neitherTextNorFlagNorList() {
        return Stream.of(
                42,
                json("null"),
                1.5,
                Map.of("a", 1),
                json("{\"a\": {\"b\": []}}"),
                json("no json"),
                Variables.fileValue("mesh.yaml").file(new byte[0]).create(),
                Variables.byteArrayValue(new byte[] {1}),
                Variables.serializedObjectValue("\"x\"")
                        .objectTypeName("java.lang.String")
                        .serializationDataFormat("application/json")
                        .create());
    }

    @ParameterizedTest
    @MethodSource("neitherTextNorFlagNorList")
    void shouldFindFaultWithEveryOtherTypeAndReadOn(Object value) {
        Submitted submitted = submitted(value);

        assertThat(submitted.text("field").readable()).isFalse();
        assertThat(submitted.flag("field")).isFalse();
        assertThat(submitted.list("field")).extracting(RequestField::readable).containsExactly(false);
        assertThat(submitted.findings(Set.of("field")))
                .extracting(Finding::expected)
                .containsExactly("a text", "true or false", "a list of names");
    }

    @Test
    void shouldFindFaultWithItemsThatAreNoNames() {
        Submitted submitted = submitted(Arrays.asList("cluster1", 2, null, List.of()));

        assertThat(submitted.list("field"))
                .extracting(RequestField::readable)
                .containsExactly(true, false, false, false);
        assertThat(submitted.findings(Set.of("field")))
                .extracting(Finding::found)
                .containsExactly("the number 2", "nothing", "a list");
    }

    @Test
    void shouldTellWhatElseWasSubmitted() {
        Map<String, TypedValue> variables = new HashMap<>();
        Set.of("meshId", "verified", "mesh").forEach(name -> variables.put(name, Variables.untypedValue("x")));

        assertThat(Submitted.of(VariableScopeStub.of(variables)).findings(Set.of("meshId")))
                .extracting(Finding::what)
                .containsExactly("mesh", "verified");
    }

    private static List<String> list(Object value) {
        return submitted(value).list("field").stream().map(RequestField::text).toList();
    }

    private static TypedValue json(String text) {
        return SpinValues.jsonValue(text).create();
    }

    private static Submitted submitted(@Nullable Object value) {
        return Submitted.of(VariableScopeStub.of(Map.of("field", Variables.untypedValue(value))));
    }
}

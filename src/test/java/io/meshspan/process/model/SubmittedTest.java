package io.meshspan.process.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

class SubmittedTest {

    @ParameterizedTest
    @ValueSource(strings = {"cluster1,cluster2", " cluster1 , cluster2 ", "[\"cluster1\",\"cluster2\"]"})
    void shouldReadAListHoweverItIsWritten(String text) {
        assertThat(submitted("clusters", text).list("clusters")).containsExactly("cluster1", "cluster2");
    }

    @Test
    void shouldReadAListAsPipelinesSendIt() {
        assertThat(submitted("clusters", List.of("cluster1", "cluster2")).list("clusters"))
                .containsExactly("cluster1", "cluster2");
    }

    @Test
    void shouldHandOnWhatIsNoListForTheRulesToRefuse() {
        assertThat(submitted("clusters", "[cluster1").list("clusters")).containsExactly("[cluster1");
        assertThat(submitted("clusters", "cluster1,,cluster2").list("clusters"))
                .containsExactly("cluster1", "", "cluster2");
    }

    @Test
    void shouldTakeWhatIsAbsentForEmpty() {
        Submitted nothing = submitted("other", null);

        assertThat(nothing.text("meshId")).isEmpty();
        assertThat(nothing.list("clusters")).isEmpty();
        assertThat(nothing.flag("keepSample")).isFalse();
    }

    @Test
    void shouldReadFlagsAndTextOfAnyType() {
        assertThat(submitted("keepSample", true).flag("keepSample")).isTrue();
        assertThat(submitted("keepSample", "true").flag("keepSample")).isTrue();
        assertThat(submitted("keepSample", "yes").flag("keepSample")).isFalse();
        assertThat(submitted("meshId", 42).text("meshId")).isEqualTo("42");
    }

    @Test
    void shouldTellWhatElseWasSubmitted() {
        Map<String, Object> variables = new HashMap<>(Map.of("meshId", "mesh1", "verified", true, "approved", true));

        assertThat(new Submitted(scope(variables)).unknown(Set.of("meshId"))).containsExactly("approved", "verified");
    }

    private static Submitted submitted(String name, @Nullable Object value) {
        Map<String, Object> variables = new HashMap<>();
        if (value != null) {
            variables.put(name, value);
        }
        return new Submitted(scope(variables));
    }

    private static VariableScope scope(Map<String, Object> variables) {
        VariableScope scope = Mockito.mock(VariableScope.class);
        variables.forEach((name, value) -> Mockito.when(scope.getVariable(name)).thenReturn(value));
        Mockito.when(scope.getVariableNames()).thenReturn(variables.keySet());
        return scope;
    }
}

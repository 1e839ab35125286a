package io.meshspan.engine.model;

import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.mockito.Mockito;

/** Variables as the engine hands them to a delegate. */
final class VariableScopeStub {

    private VariableScopeStub() {}

    static VariableScope of(Map<String, TypedValue> variables) {
        VariableScope scope = Mockito.mock(VariableScope.class);
        variables.forEach((name, value) ->
                Mockito.when(scope.<TypedValue>getVariableTyped(name, false)).thenReturn(value));
        Mockito.when(scope.getVariableNames()).thenReturn(variables.keySet());
        return scope;
    }
}

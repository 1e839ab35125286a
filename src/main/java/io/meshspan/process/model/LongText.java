package io.meshspan.process.model;

import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;

/** Text that may be longer than the 4,000 characters of a string variable: JSON with the field {@code text}. */
public final class LongText {

    private LongText() {}

    public static void write(VariableScope scope, String name, String text) {
        JsonVariable.write(scope, name, Map.of("text", text));
    }
}

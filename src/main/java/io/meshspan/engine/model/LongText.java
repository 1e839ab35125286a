package io.meshspan.engine.model;

import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.TypedValue;

/** Text that may be longer than the 4,000 characters of a string variable: JSON with the field {@code text}. */
public final class LongText {

    private static final int LONGEST_STRING = 3_900;

    private LongText() {}

    /** The part that fits into a string variable. */
    public static String shortened(String text) {
        return text.length() <= LONGEST_STRING ? text : text.substring(0, LONGEST_STRING) + " ...";
    }

    public static void write(VariableScope scope, String name, String text) {
        JsonVariable.write(scope, name, Map.of("text", text));
    }

    /** The value of such a variable. */
    public static TypedValue of(String text) {
        return JsonVariable.of(Map.of("text", text));
    }
}

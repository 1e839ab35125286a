package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** An Istio network: clusters on the same network reach each other's pods directly. The name must be a valid label value. */
public record NetworkName(@JsonValue String value) {

    public static final String IN_WORDS =
            "the value of a label (letters, digits, hyphens, dots, underscores; 1 to 63 characters, a letter or digit at"
                    + " both ends)";

    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NetworkName {
        if (!LABEL_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("network '%s' is not %s".formatted(value, IN_WORDS));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

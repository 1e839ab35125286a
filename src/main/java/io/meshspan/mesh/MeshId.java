package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The mesh's identity, Istio's {@code global.meshID}; also the business key of every change to it. Istio takes any text;
 * Meshspan takes what can be the value of a label, such as {@code Mesh_EU}. It must not change once a mesh has it.
 */
public record MeshId(@JsonValue String value) {

    public static final String IN_WORDS =
            "an ID for a mesh (letters, digits, hyphens, dots, underscores, a letter or digit at both ends; 1 to 63"
                    + " characters)";

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
    private static final int LONGEST_PART = 40;
    private static final int HASH = 8;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MeshId {
        if (!matches(value)) {
            throw new IllegalArgumentException("mesh ID '%s' is not %s".formatted(value, IN_WORDS));
        }
    }

    public static boolean matches(String text) {
        return FORM.matcher(text).matches();
    }

    /** A DNS-1123 label for it in the names of objects: itself, or if it is none, one that no other mesh has. */
    public String inObjectNames() {
        if (DnsLabel.matches(value)) {
            return value;
        }
        String plain = value.toLowerCase(Locale.ROOT).replaceAll("[._-]+", "-");
        String hash = UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, HASH);
        return plain.substring(0, Math.min(plain.length(), LONGEST_PART)) + "-" + hash;
    }

    @Override
    public String toString() {
        return value;
    }
}

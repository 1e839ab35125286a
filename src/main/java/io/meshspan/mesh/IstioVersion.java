package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of Istio such as 1.30.3. Meshspan knows the minors 1.28 to 1.30. */
public record IstioVersion(int major, int minor, int patch) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int OLDEST_MINOR = 28;
    private static final int NEWEST_MINOR = 30;

    /** @throws IllegalArgumentException if the text is not MAJOR.MINOR.PATCH */
    @JsonCreator
    public static IstioVersion parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("Istio version '%s' is not of the form 1.30.3".formatted(text));
        }
        return new IstioVersion(
                Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
    }

    /** Whether the text is a release that Meshspan knows, written as Istio writes it. */
    public static boolean isSupported(String text) {
        return FORM.matcher(text).matches()
                && parse(text).supported()
                && parse(text).toString().equals(text);
    }

    public boolean supported() {
        return major == 1 && minor >= OLDEST_MINOR && minor <= NEWEST_MINOR;
    }

    @Override
    @JsonValue
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}

package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Istio such as 1.30.3; {@link IstioRelease} has the minors that Meshspan knows.
 *
 * @param suffix the text after the patch, with its hyphen: {@code -rc.0} of a release candidate, {@code -solo} of a vendor's
 *     build; empty for a release
 */
public record IstioVersion(int major, int minor, int patch, String suffix) {

    /** Semantic versioning's pre-release. Build metadata (+) is not allowed, because an image's tag cannot contain it. */
    private static final Pattern FORM = Pattern.compile(
            "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})(-[0-9A-Za-z-]{1,40}(?:\\.[0-9A-Za-z-]{1,40}){0,4})?");

    public IstioVersion(int major, int minor, int patch) {
        this(major, minor, patch, "");
    }

    /** @throws IllegalArgumentException if the text is not MAJOR.MINOR.PATCH or MAJOR.MINOR.PATCH-SUFFIX */
    @JsonCreator
    public static IstioVersion parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "Istio version '%s' is not of the form 1.30.3 or 1.31.0-rc.0".formatted(text));
        }
        return new IstioVersion(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                Integer.parseInt(m.group(3)),
                m.group(4) == null ? "" : m.group(4));
    }

    /** Whether the text is a version of a minor that Meshspan knows. */
    public static boolean isSupported(String text) {
        return isSupported(text, false);
    }

    /** @param allowNewer whether to also accept a minor that is newer than those that Meshspan knows */
    public static boolean isSupported(String text, boolean allowNewer) {
        return FORM.matcher(text).matches()
                && (parse(text).supported() || (allowNewer && parse(text).isNewerThanKnown()));
    }

    public boolean supported() {
        return IstioRelease.of(this).isPresent();
    }

    /**
     * Whether this minor is newer than all that Meshspan knows; Meshspan then treats it like the newest one that it knows.
     */
    public boolean isNewerThanKnown() {
        return major > 1 || minor > IstioRelease.newest().minor();
    }

    /** Whether Istio made this version for tests before a release; a vendor's suffix does not mean that. */
    public boolean isPreRelease() {
        return suffix.matches("-(alpha|beta|rc)\\b.*");
    }

    @Override
    @JsonValue
    public String toString() {
        return major + "." + minor + "." + patch + suffix;
    }
}

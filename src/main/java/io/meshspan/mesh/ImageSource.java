package io.meshspan.mesh;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The source of Istio's images for a change. If the change names none, the configuration decides; otherwise the charts do.
 *
 * @param hub registry and path, Istio's {@code global.hub}
 * @param tag Istio's {@code global.tag}
 */
public record ImageSource(@Nullable String hub, @Nullable String tag) {

    public static final ImageSource CONFIGURED = new ImageSource(null, null);

    /** A registry and a path in it, as a regular expression. */
    public static final String HUB_FORM = "[a-z0-9]([-a-z0-9._]*)(:[0-9]+)?(/[-a-z0-9._]+)*";

    /** An image's tag, as a regular expression. */
    public static final String TAG_FORM = "\\w[\\w.-]{0,127}";

    private static final Pattern HUB = Pattern.compile(HUB_FORM);
    private static final Pattern TAG = Pattern.compile(TAG_FORM);

    static boolean isHub(String text) {
        return text.length() <= InputRules.LONGEST_NAME && HUB.matcher(text).matches();
    }

    static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /** Counts empty texts as absent. */
    static ImageSource of(String hub, String tag) {
        return new ImageSource(hub.isEmpty() ? null : hub, tag.isEmpty() ? null : tag);
    }
}

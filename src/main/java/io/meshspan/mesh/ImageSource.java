package io.meshspan.mesh;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Istio's images come from, if a change says so; else the configuration does, else the charts.
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
        return HUB.matcher(text).matches();
    }

    static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /** Empty texts count as absent. */
    static ImageSource of(String hub, String tag) {
        return new ImageSource(hub.isEmpty() ? null : hub, tag.isEmpty() ? null : tag);
    }
}

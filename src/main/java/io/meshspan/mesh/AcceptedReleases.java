package io.meshspan.mesh;

/** Which releases of Istio a request may name. */
public enum AcceptedReleases {
    /** Those that {@link IstioRelease} knows. */
    KNOWN,

    /** Newer minors, too. Meshspan treats them like the newest that it knows. */
    AND_NEWER;

    /** The setting that accepts newer minors. */
    public static final String SETTING = "meshspan.istio.allow-newer";

    private static final String SUCH_AS =
            "Choose a version such as 1.30.3, with the suffix of a candidate or a vendor, if it has one: 1.31.0-rc.0.";

    public boolean accept(IstioVersion version) {
        return version.isKnown() || (this == AND_NEWER && version.isNewer());
    }

    /** Whether the text is a version, and one of these releases. */
    public boolean accept(String text) {
        return IstioVersion.isVersion(text) && accept(IstioVersion.parse(text));
    }

    /** As a finding about a text that is not accepted expects them. */
    public String inWords() {
        return this == KNOWN
                ? "a version of Istio %s to %s".formatted(IstioRelease.oldest(), IstioRelease.newest())
                : "a version of Istio %s or newer".formatted(IstioRelease.oldest());
    }

    /** What to do about a text that is not accepted. */
    public String advice(String text) {
        return AND_NEWER.accept(text)
                ? "Choose Istio %s or older, or set %s to true: then Meshspan treats it like %s and warns."
                        .formatted(IstioRelease.newest(), SETTING, IstioRelease.newest())
                : SUCH_AS;
    }
}

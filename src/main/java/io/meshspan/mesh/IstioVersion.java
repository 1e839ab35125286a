package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Istio such as 1.30.3; {@link IstioRelease} says which minors Meshspan knows.
 *
 * @param suffix what stands behind the patch, with its hyphen: {@code -rc.0} of a release candidate, {@code -solo} of a
 *     vendor's build; empty for a release
 */
public record IstioVersion(int major, int minor, int patch, String suffix) implements Comparable<IstioVersion> {

    /** Semantic versioning's pre-release; build metadata (+) could not be an image's tag. */
    private static final Pattern FORM = Pattern.compile(
            "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})(-[0-9A-Za-z-]{1,40}(?:\\.[0-9A-Za-z-]{1,40}){0,4})?");

    /** The tag of an image, without the variants that Istio builds of every version, and without what no version can have. */
    private static final Pattern TAG =
            Pattern.compile("[^@]*:v?([^:@/_]+?)(?:-distroless|-debug)?(?:_[^:@/]*)?(?:@.*)?");

    private static final Pattern PRE_RELEASE = Pattern.compile("[.-](alpha|beta|rc|dev)\\d*([.-]|$)");
    private static final Pattern RUN = Pattern.compile("\\d+|\\D+");
    private static final Comparator<IstioVersion> AGE = Comparator.comparingInt(IstioVersion::major)
            .thenComparingInt(IstioVersion::minor)
            .thenComparingInt(IstioVersion::patch)
            .thenComparing(version -> !version.isPreRelease())
            .thenComparing(version -> version.isPreRelease() ? version.stage() : "")
            .thenComparing(IstioVersion::suffix, IstioVersion::compareSuffixes);

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

    /** Whether {@link #parse} takes the text. */
    public static boolean isVersion(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * The version of the Istio in an image, by its tag. The variants of Istio's images, such as {@code 1.30.3-distroless},
     * are of the same version; the suffix of a candidate or a vendor is part of it. Empty if the tag is no version.
     */
    public static Optional<IstioVersion> ofImage(String image) {
        Matcher tag = TAG.matcher(image);
        return tag.matches() && isVersion(tag.group(1)) ? Optional.of(parse(tag.group(1))) : Optional.empty();
    }

    /** Whether Meshspan knows its minor. */
    public boolean isKnown() {
        return major == 1 && minor >= IstioRelease.oldest().minor() && !isNewer();
    }

    /** Whether its minor came after those that Meshspan knows. */
    public boolean isNewer() {
        return major == 1 && minor > IstioRelease.newest().minor();
    }

    /** Whether it was made for testing before a release, by Istio or by a vendor. */
    public boolean isPreRelease() {
        return PRE_RELEASE.matcher(suffix).find();
    }

    /**
     * By age: a candidate comes before its release, the tenth build of a vendor after the ninth. Of two suffixes that no
     * number orders, the shorter one is the later: the release itself is later than a vendor's build of it.
     */
    @Override
    public int compareTo(IstioVersion other) {
        return AGE.compare(this, other);
    }

    /** Alpha, beta, candidate: their names stand in the order of the alphabet; a build of a developer comes after them. */
    private String stage() {
        return PRE_RELEASE
                .matcher(suffix)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }

    /** Numbers by their size, words against the alphabet, so that no suffix is the greatest. */
    private static int compareSuffixes(String one, String other) {
        List<String> ones = runs(one);
        List<String> others = runs(other);
        for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
            int order = compareRuns(ones.get(i), others.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(others.size(), ones.size());
    }

    private static int compareRuns(String one, String other) {
        boolean numbers = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
        return numbers ? new BigInteger(one).compareTo(new BigInteger(other)) : other.compareTo(one);
    }

    /** The runs of digits and of everything else. */
    private static List<String> runs(String suffix) {
        return RUN.matcher(suffix).results().map(MatchResult::group).toList();
    }

    @Override
    @JsonValue
    public String toString() {
        return major + "." + minor + "." + patch + suffix;
    }
}

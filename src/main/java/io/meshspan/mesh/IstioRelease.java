package io.meshspan.mesh;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All differences between Istio's minor releases are in this class. Sources: the charts and the samples of 1.28.8, 1.29.6,
 * 1.30.3 and 1.31.0-rc.0; istio.io, "Supported Releases" and the upgrade notes of 1.31.
 *
 * <p>Kubernetes versions and the end of 1.28 are those of istio.io's table ({@code data/compatibility/supportStatus.yml}).
 * {@code istioctl/pkg/install/k8sversion/version.go} only says below which version istioctl gives up: 1.30 for Istio 1.29,
 * which is one less than what Istio supports. The other ends are six weeks after 1.31.0 (2026-08-31) and after the end of
 * the month in which 1.32.0 came (2026-10), of which the day is not known. Nothing else is known of 1.32; Meshspan treats
 * it like the release before it.
 */
public enum IstioRelease {
    V1_28(28, 30, 34, LocalDate.of(2026, 7, 1)),
    V1_29(29, 31, 35, LocalDate.of(2026, 10, 12)),
    V1_30(30, 32, 36, LocalDate.of(2026, 12, 12)),
    V1_31(31, 32, null, null),
    V1_32(32, null, null, null);

    private static final int GATEWAY_PORTS_SINCE = 30;
    private static final int IPV6_DISCOVERY_SINCE = 30;
    private static final int IN_OWN_REGISTRY = 30;
    private static final int KEEPS_ENDPOINTS_SINCE = 31;

    private final int minor;
    private final Optional<Integer> oldestKubernetes;
    private final Optional<Integer> newestKubernetes;
    private final Optional<LocalDate> endOfSupport;

    IstioRelease(
            int minor,
            @Nullable Integer oldestKubernetes,
            @Nullable Integer newestKubernetes,
            @Nullable LocalDate endOfSupport) {
        this.minor = minor;
        this.oldestKubernetes = Optional.ofNullable(oldestKubernetes);
        this.newestKubernetes = Optional.ofNullable(newestKubernetes);
        this.endOfSupport = Optional.ofNullable(endOfSupport);
    }

    /**
     * The release of a version. A minor that is newer than all of these is treated like the newest, where it is accepted at
     * all ({@link AcceptedReleases}). Empty for an older one.
     */
    public static Optional<IstioRelease> of(IstioVersion version) {
        if (version.isNewer()) {
            return Optional.of(newest());
        }
        return Stream.of(values())
                .filter(release -> version.major() == 1 && version.minor() == release.minor)
                .findFirst();
    }

    static IstioRelease oldest() {
        return values()[0];
    }

    public static IstioRelease newest() {
        return values()[values().length - 1];
    }

    int minor() {
        return minor;
    }

    /** The oldest minor of Kubernetes 1 that this release supports; empty if that is not known. */
    public Optional<Integer> oldestKubernetes() {
        return oldestKubernetes;
    }

    /** The newest minor of Kubernetes 1 that this release supports; empty if that is not known. */
    public Optional<Integer> newestKubernetes() {
        return newestKubernetes;
    }

    /** The last day of support, six weeks after the release of the second next minor; empty if that has no date yet. */
    public Optional<LocalDate> endOfSupport() {
        return endOfSupport;
    }

    /** Whether it came after this Meshspan, which was never tried with it. */
    public boolean isUntried() {
        return this == V1_32;
    }

    /** Whether the chart {@code gateway} accepts {@code networkGatewayPorts}; before 1.30 the ports are fixed. */
    public static boolean takesGatewayPorts(IstioVersion version) {
        return since(version, GATEWAY_PORTS_SINCE);
    }

    /** Whether a remote finds its istiod at an IPv6 address; before 1.30 the chart treats such an address as a hostname. */
    public static boolean discoversByIpv6(IstioVersion version) {
        return since(version, IPV6_DISCOVERY_SINCE);
    }

    /**
     * The image of Istio's sample HelloWorld in this version. It moved to Istio's own registry with 1.30.0, where Istio
     * publishes nothing from 1.31 on (upgrade notes of 1.31, "Deprecation of GCP infrastructure and hosting").
     */
    public static String helloworldImage(IstioVersion version) {
        boolean own = version.major() == 1 && version.minor() == IN_OWN_REGISTRY;
        String registry = own ? "registry.istio.io/release" : "docker.io/istio";
        return registry + "/examples-helloworld-v1:1.0";
    }

    /**
     * Whether a running istiod loses endpoints or gateways of a cluster whose remote secret is replaced, so that it must be stopped
     * (istio/istio#60612, #60920, #61043); mended in 1.31.
     */
    public static boolean losesEndpointsOfReplacedSecrets(IstioVersion version) {
        return !since(version, KEEPS_ENDPOINTS_SINCE);
    }

    private static boolean since(IstioVersion version, int minor) {
        return version.major() > 1 || version.minor() >= minor;
    }

    /** A minor in Istio's form, such as {@code 1.30}. */
    @Override
    public String toString() {
        return "1." + minor;
    }
}

package io.meshspan.mesh;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All differences between Istio's minor releases are in this class. Sources: the charts, the samples and
 * {@code istioctl/pkg/install/k8sversion} of 1.28.8, 1.29.6, 1.30.3 and 1.31.0-rc.0, and istio.io, "Supported Releases".
 * Only the name and the month of 1.32 are known; Meshspan treats it like the release before it.
 */
public enum IstioRelease {
    V1_28(28, 30, 34, LocalDate.of(2026, 6, 30)),
    V1_29(29, 31, 35, LocalDate.of(2026, 10, 15)),
    V1_30(30, 32, 36, null),
    V1_31(31, 32, null, null),
    V1_32(32, null, null, null);

    private static final int GATEWAY_PORTS_SINCE = 30;
    private static final int IPV6_DISCOVERY_SINCE = 30;
    private static final int OWN_REGISTRY_SINCE = 30;
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

    public static IstioRelease oldest() {
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

    /** Six weeks after the release of the second next minor; empty if that is in the future or not known. */
    public Optional<LocalDate> endOfSupport() {
        return endOfSupport;
    }

    /** Whether the chart {@code gateway} accepts {@code networkGatewayPorts}; before 1.30 the ports are fixed. */
    public static boolean takesGatewayPorts(IstioVersion version) {
        return since(version, GATEWAY_PORTS_SINCE);
    }

    /** Whether a remote finds its istiod at an IPv6 address; before 1.30 the chart treats such an address as a hostname. */
    public static boolean discoversByIpv6(IstioVersion version) {
        return since(version, IPV6_DISCOVERY_SINCE);
    }

    /** The image of Istio's sample HelloWorld in this version; it moved to Istio's own registry with 1.30.0. */
    public static String helloworldImage(IstioVersion version) {
        String registry = since(version, OWN_REGISTRY_SINCE) ? "registry.istio.io/release" : "docker.io/istio";
        return registry + "/examples-helloworld-v1:1.0";
    }

    /**
     * Whether istiod may lose endpoints or gateways of a cluster whose remote secret is replaced, so that it must be restarted
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

package io.meshspan.mesh;

/**
 * What Istio has only since a minor release: the one place that decides what differs between the versions that Meshspan
 * knows. Read from the charts and samples of 1.28.10, 1.29.6 and 1.30.3.
 */
public enum Since {

    /** The chart {@code gateway} takes {@code networkGatewayPorts}; before, the ports are fixed. */
    GATEWAY_PORTS(30),

    /** A remote finds its istiod at an IPv6 address; before, the chart took that for a hostname. */
    IPV6_DISCOVERY(30),

    /** The images of Istio's samples are in Istio's own registry; before, on Docker Hub. */
    SAMPLES_IN_OWN_REGISTRY(30);

    private final int minor;

    Since(int minor) {
        this.minor = minor;
    }

    public boolean in(IstioVersion version) {
        return version.major() > 1 || version.minor() >= minor;
    }
}

package io.meshspan.remotesecret;

import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks whether other clusters can use the address of this API server. A loopback address works only if somebody has said
 * so.
 */
final class ReachableAddress {

    private ReachableAddress() {}

    static Optional<Finding> problem(Cluster cluster) {
        String address = cluster.apiServer();
        if (!address.startsWith("https://") && !isLoopback(address)) {
            return Optional.of(open(cluster, address));
        }
        if (cluster.apiServerNamed() || !isLoopback(address)) {
            return Optional.empty();
        }
        return Optional.of(Finding.blocking(
                cluster.name().value(),
                "address of the API server",
                "one that the other clusters can reach",
                address + ", which leads every cluster to itself",
                "Set meshspan.inventory.clusters.%s.api-server to the address that other clusters must use."
                        .formatted(cluster.name())));
    }

    private static Finding open(Cluster cluster, String address) {
        return Finding.blocking(
                cluster.name().value(),
                "address of the API server",
                "https://",
                address + ", over which anybody on the way could read the token in the remote secret",
                "Set meshspan.inventory.clusters.%s.api-server to the https address that other clusters must use."
                        .formatted(cluster.name()));
    }

    private static boolean isLoopback(String address) {
        String host =
                Optional.ofNullable(URI.create(address).getHost()).orElse("").toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("0.0.0.0")
                || isLoopbackIpv6(host);
    }

    /**
     * In any notation, such as {@code [0:0:0:0:0:0:0:1]} or {@code [::ffff:127.0.0.1]}: Java never resolves text in
     * brackets.
     */
    private static boolean isLoopbackIpv6(String host) {
        if (!host.startsWith("[")) {
            return false;
        }
        try {
            InetAddress literal = InetAddress.getByName(host);
            return literal.isLoopbackAddress() || literal.isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

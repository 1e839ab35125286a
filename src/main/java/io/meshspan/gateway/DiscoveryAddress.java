package io.meshspan.gateway;

import java.util.Optional;

/**
 * The address at which a remote finds the istiod of its primary.
 *
 * @param address Istio's {@code remotePilotAddress}: an IP or a hostname
 * @param injectionHost the host of the webhook's URL; empty if the webhook uses the Service istiod
 * @param why the reason for this address if the gateway has several; otherwise empty
 */
public record DiscoveryAddress(String address, Optional<String> injectionHost, String why) {

    public DiscoveryAddress(String address, Optional<String> injectionHost) {
        this(address, injectionHost, "");
    }

    public static DiscoveryAddress at(String address) {
        return new DiscoveryAddress(address, Optional.empty());
    }

    DiscoveryAddress because(String reason) {
        return new DiscoveryAddress(address, injectionHost, reason);
    }
}

package io.meshspan.gateway;

import java.util.Optional;

/**
 * Where a remote finds the istiod of its primary.
 *
 * @param address Istio's {@code remotePilotAddress}: an IP, or a hostname
 * @param injectionHost the host of the webhook's own URL; empty where the webhook goes by the Service istiod
 * @param why it is this one, where the gateway has several; else empty
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

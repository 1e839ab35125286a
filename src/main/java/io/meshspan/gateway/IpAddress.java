package io.meshspan.gateway;

import java.util.regex.Pattern;

/** Distinguishes an IP from a hostname as Istio's charts do. */
final class IpAddress {

    private static final Pattern V4 = Pattern.compile("([0-9]+\\.){3}[0-9]+");

    private IpAddress() {}

    static boolean is(String address) {
        return V4.matcher(address).matches() || isV6(address);
    }

    static boolean isV6(String address) {
        return address.contains(":");
    }
}

package io.meshspan.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** The IPs of a host, sorted, so that equal answers look equal. */
@Component
class HostLookup {

    /**
     * IPv4 first. Empty if the host is unknown.
     *
     * @param v6 whether IPv6 is accepted: charts before 1.30 treat such an address as a hostname
     */
    List<String> ips(String host, boolean v6) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .filter(ip -> v6 || !ip.contains(":"))
                    .sorted(Comparator.comparing((String ip) -> ip.contains(":"))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}

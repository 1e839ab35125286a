package io.meshspan.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** The IPs of a host, sorted so that the same answer is told the same way. */
@Component
class HostLookup {

    /** IPv4 alone: charts before 1.30 take an IPv6 address for a hostname. Empty if the host is not known. */
    List<String> ips(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .filter(ip -> !ip.contains(":"))
                    .sorted()
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}

package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The declared address at which other clusters reach a cluster's east-west gateway. It is needed if the Service does not
 * have that address: behind address translation, at a fixed virtual IP, or without a load balancer.
 *
 * @param address an IP or a DNS name
 * @param port for the traffic of other networks, which the gateway accepts at 15443; null for the port of the Service
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeclaredGateway(String address, @Nullable Integer port) {

    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    static final int HIGHEST_PORT = 65_535;

    /** Loopback, unspecified and link-local addresses: each host has its own. */
    private static final Pattern OF_ONE_HOST = Pattern.compile(
            "localhost|127(\\.\\d+){3}|0\\.0\\.0\\.0|169\\.254(\\.\\d+){2}|[0:]*:[01]?|(?i)fe[89ab][0-9a-f]:.*");

    static boolean isAddress(String text) {
        return V4.matcher(text).matches() || isV6(text) || NAME.matcher(text).matches();
    }

    /** In brackets, Java takes only an IPv6 address and asks no DNS. */
    private static boolean isV6(String text) {
        try {
            return V6.matcher(text).matches()
                    && !InetAddress.getByName("[" + text + "]").getHostAddress().isEmpty();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    public static boolean isOfOneHost(String address) {
        return OF_ONE_HOST.matcher(address).matches();
    }

    static boolean isPort(int port) {
        return port >= 1 && port <= HIGHEST_PORT;
    }

    public Optional<Integer> ownPort() {
        return Optional.ofNullable(port);
    }
}

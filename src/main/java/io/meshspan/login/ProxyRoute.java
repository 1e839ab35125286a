package io.meshspan.login;

import io.meshspan.inventory.ContextLogin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The proxy on the way to an API server, chosen as in client-go. The kubeconfig's {@code proxy-url} applies to every
 * address. Otherwise {@code HTTPS_PROXY} or {@code HTTP_PROXY} (also in lower case) applies, unless {@code NO_PROXY} names
 * the host. A proxy of the environment never applies to loopback addresses. The rules are those of Go's
 * {@code golang.org/x/net/http/httpproxy}.
 *
 * @param named where it is set, for messages
 */
public record ProxyRoute(URI uri, String named) {

    private static final List<String> SCHEMES = List.of("http", "https", "socks5", "socks5h");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int SOCKS = 1080;

    /** @throws LoginFailed if the given text is not a proxy's address */
    public static Optional<ProxyRoute> of(ContextLogin login) {
        return of(login, System.getenv());
    }

    /** The proxy on the way to another address of the same API server. */
    static Optional<ProxyRoute> to(URI server, ContextLogin login, Map<String, String> environment) {
        return own(login).or(() -> of(server, environment));
    }

    static Optional<ProxyRoute> of(ContextLogin login, Map<String, String> environment) {
        return own(login).or(() -> login.server().flatMap(server -> of(server, environment)));
    }

    private static Optional<ProxyRoute> own(ContextLogin login) {
        return Optional.ofNullable(login.cluster().getProxyUrl())
                .filter(own -> !own.isBlank())
                .map(own -> parse(own.strip(), "proxy-url in the kubeconfig"));
    }

    /** The proxy that the environment names for an address. */
    public static Optional<ProxyRoute> of(URI server, Map<String, String> environment) {
        boolean tls = !"http".equals(server.getScheme());
        Optional<String> name = (tls ? Stream.of("HTTPS_PROXY", "https_proxy") : Stream.of("HTTP_PROXY", "http_proxy"))
                .filter(variable -> isSet(environment.get(variable)))
                .findFirst();
        if (name.isEmpty() || direct(server, environment)) {
            return Optional.empty();
        }
        String value = String.valueOf(environment.get(name.get())).strip();
        return Optional.of(parse(value.contains("://") ? value : "http://" + value, name.get()));
    }

    private static ProxyRoute parse(String value, String named) {
        try {
            URI uri = URI.create(value);
            if (uri.getHost() != null
                    && uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
                return checked(new ProxyRoute(uri, named));
            }
        } catch (IllegalArgumentException e) {
            // reported below, without the password that it may contain
        }
        throw new LoginFailed(
                named,
                "the address of a proxy, such as http://proxy.example.org:3128, with http, https or socks5",
                "something else",
                "Correct it where it is named, then try again.");
    }

    private static ProxyRoute checked(ProxyRoute route) {
        if (route.userInfo()
                .filter(info -> info.chars().filter(letter -> letter == ':').count() != 1)
                .isPresent()) {
            throw new LoginFailed(
                    route.named(),
                    "user and password of the proxy as user:password, with no other colon",
                    "something else, which the HTTP client cannot send",
                    "Give the proxy's user a password without a colon.");
        }
        return route;
    }

    private static boolean direct(URI server, Map<String, String> environment) {
        String host = host(server.getHost());
        if (host.equals("localhost")
                || address(host).filter(InetAddress::isLoopbackAddress).isPresent()) {
            return true;
        }
        String excluded = Stream.of("NO_PROXY", "no_proxy")
                .map(environment::get)
                .filter(ProxyRoute::isSet)
                .findFirst()
                .orElse("");
        int port = port(server);
        return Arrays.stream(excluded.split(",", -1))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> matches(entry, host, port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return inRange(entry, host);
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (entry.indexOf(':') == colon || entry.contains("]:"));
        if (hasPort) {
            if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = host(name);
        if (address(name).isPresent()) {
            return address(name).equals(address(host));
        }
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
    }

    private static boolean inRange(String range, String host) {
        int slash = range.indexOf('/');
        Optional<InetAddress> network = address(host(range.substring(0, slash)));
        Optional<InetAddress> address = address(host);
        if (network.isEmpty() || address.isEmpty()) {
            return false;
        }
        byte[] wanted = network.get().getAddress();
        byte[] found = address.get().getAddress();
        String length = range.substring(slash + 1);
        if (wanted.length != found.length
                || !length.matches("\\d{1,3}")
                || Integer.parseInt(length) > wanted.length * 8) {
            return false;
        }
        int bits = Integer.parseInt(length);
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((wanted[i / 8] & mask) != (found[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Only reads a literal address; never asks a name server. */
    private static Optional<InetAddress> address(String host) {
        if (!host.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String host(String host) {
        return host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static int port(URI server) {
        return server.getPort() >= 0 ? server.getPort() : "http".equals(server.getScheme()) ? HTTP : HTTPS;
    }

    public boolean isSocks() {
        return uri.getScheme().toLowerCase(Locale.ROOT).startsWith("socks5");
    }

    /** Whether the connection to the proxy itself uses TLS. */
    public boolean isTls() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** The name is resolved at each use. */
    public InetSocketAddress address() {
        int usual = isSocks() ? SOCKS : isTls() ? HTTPS : HTTP;
        return InetSocketAddress.createUnresolved(host(uri.getHost()), uri.getPort() < 0 ? usual : uri.getPort());
    }

    /** User and password, as {@code user:password}. */
    public Optional<String> userInfo() {
        return Optional.ofNullable(uri.getRawUserInfo())
                .map(info -> URLDecoder.decode(info.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return "%s://%s:%d"
                .formatted(uri.getScheme(), address().getHostString(), address().getPort());
    }
}

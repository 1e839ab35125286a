package io.meshspan.login;

import io.meshspan.inventory.ContextLogin;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A plain connection through a proxy, for what the Kubernetes client does not send: the preflight's own TLS handshake. Java's
 * sockets know no TLS to the proxy, and send a user's password only where the whole process allows it.
 */
public final class ProxyTunnel {

    private static final int LONGEST_HEAD = 16_384;
    private static final int SOCKS = 5;
    private static final int NO_LOGIN = 0;
    private static final int PASSWORD = 2;
    private static final int NAME = 3;

    private final ProxyRoute route;
    private final SSLSocketFactory tls;

    private ProxyTunnel(ProxyRoute route, SSLSocketFactory tls) {
        this.route = route;
        this.tls = tls;
    }

    /** The proxy did not open the way. The message names it, without user and password. */
    public static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private Refused(ProxyRoute route, String found) {
            super("%s (%s): %s".formatted(route, route.named(), found));
        }
    }

    /**
     * The way to this address of an API server; empty if no proxy is on it. A proxy of an {@code https} address must have a
     * certificate of the kubeconfig's CA, as with kubectl.
     *
     * @throws LoginFailed if the given text is not a proxy's address
     */
    public static Optional<ProxyTunnel> to(URI server, ContextLogin login) {
        return to(server, login, System.getenv());
    }

    /** @param environment {@code HTTPS_PROXY} and {@code NO_PROXY}, which hold where the kubeconfig names no proxy */
    public static Optional<ProxyTunnel> to(URI server, ContextLogin login, Map<String, String> environment) {
        return ProxyRoute.to(server, login, environment).map(route -> of(route, login));
    }

    private static ProxyTunnel of(ProxyRoute route, ContextLogin login) {
        try {
            SSLSocketFactory tls = route.isTls()
                    ? ServerTrust.of(login).context(Optional.empty()).getSocketFactory()
                    : (SSLSocketFactory) SSLSocketFactory.getDefault();
            return new ProxyTunnel(route, tls);
        } catch (IOException | GeneralSecurityException e) {
            throw new LoginFailed(
                    "certificate-authority in the kubeconfig",
                    "CA certificates in PEM",
                    "something that cannot be read",
                    "Correct it in the kubeconfig, then try again.");
        }
    }

    /**
     * Opens the way, and sends nothing on it. The proxy looks up the host's name.
     *
     * @throws Refused if the proxy does not open it
     */
    public Socket connect(String host, int port, Duration limit) throws IOException {
        InetSocketAddress proxy = route.address();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(proxy.getHostString(), proxy.getPort()), (int) limit.toMillis());
            plain.setSoTimeout((int) limit.toMillis());
            Socket way = route.isTls() ? byTls(plain, proxy) : plain;
            if (route.isSocks()) {
                socks(way, host, port);
            } else {
                connectMethod(way, host, port);
            }
            return way;
        } catch (IOException e) {
            plain.close();
            throw e instanceof Refused ? e : new Refused(route, e.getClass().getSimpleName());
        }
    }

    private Socket byTls(Socket plain, InetSocketAddress proxy) throws IOException {
        try {
            SSLSocket socket = (SSLSocket) tls.createSocket(plain, proxy.getHostString(), proxy.getPort(), true);
            SSLParameters checked = socket.getSSLParameters();
            checked.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(checked);
            socket.startHandshake();
            return socket;
        } catch (SSLException e) {
            throw new Refused(route, "no TLS with a certificate of the kubeconfig's CA and of this name");
        }
    }

    private void connectMethod(Socket way, String host, int port) throws IOException {
        String target = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        String login = route.userInfo()
                .map(info -> "Proxy-Authorization: Basic "
                        + Base64.getEncoder().encodeToString(info.getBytes(StandardCharsets.UTF_8)) + "\r\n")
                .orElse("");
        OutputStream out = way.getOutputStream();
        out.write("CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
                .formatted(target, target, login)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        String[] status = head(way.getInputStream()).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/") || !status[1].startsWith("2")) {
            throw new Refused(
                    route,
                    status.length > 1 && status[1].matches("\\d{3}")
                            ? "HTTP " + status[1]
                            : "an answer that is not HTTP");
        }
    }

    /** Byte by byte: what follows the head belongs to the API server. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < LONGEST_HEAD) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** RFC 1928, with the user and password of RFC 1929. As client-go, it sends names as they are. */
    private void socks(Socket way, String host, int port) throws IOException {
        DataInputStream in = new DataInputStream(way.getInputStream());
        OutputStream out = way.getOutputStream();
        Optional<String> login = route.userInfo();
        out.write(login.isPresent() ? new byte[] {SOCKS, 2, NO_LOGIN, PASSWORD} : new byte[] {SOCKS, 1, NO_LOGIN});
        if (in.readUnsignedByte() != SOCKS) {
            throw new Refused(route, "an answer that is not SOCKS5");
        }
        int method = in.readUnsignedByte();
        if (method == PASSWORD && login.isPresent()) {
            logIn(in, out, login.get());
        } else if (method != NO_LOGIN) {
            throw new Refused(route, login.isPresent() ? "it takes no password" : "it asks for a user and a password");
        }
        byte[] name = IDN.toASCII(host).getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(new byte[] {SOCKS, 1, 0, NAME, (byte) name.length}, 7 + name.length);
        System.arraycopy(name, 0, request, 5, name.length);
        request[5 + name.length] = (byte) (port >> 8);
        request[6 + name.length] = (byte) port;
        out.write(request);
        in.readUnsignedByte();
        int reply = in.readUnsignedByte();
        if (reply != 0) {
            throw new Refused(route, "SOCKS5 reply " + reply);
        }
        in.readUnsignedByte();
        int kind = in.readUnsignedByte();
        in.readFully(new byte[(kind == 1 ? 4 : kind == NAME ? in.readUnsignedByte() : 16) + 2]);
    }

    private void logIn(DataInputStream in, OutputStream out, String login) throws IOException {
        byte[] user = login.substring(0, login.indexOf(':')).getBytes(StandardCharsets.UTF_8);
        byte[] password = login.substring(login.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[3 + user.length + password.length];
        message[0] = 1;
        message[1] = (byte) user.length;
        System.arraycopy(user, 0, message, 2, user.length);
        message[2 + user.length] = (byte) password.length;
        System.arraycopy(password, 0, message, 3 + user.length, password.length);
        out.write(message);
        in.readUnsignedByte();
        if (in.readUnsignedByte() != 0) {
            throw new Refused(route, "it refuses the user or the password");
        }
    }
}

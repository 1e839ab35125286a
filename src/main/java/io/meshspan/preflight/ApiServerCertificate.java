package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.Finding;
import io.meshspan.login.ProxyTunnel;
import io.meshspan.login.ServerTrust;
import io.meshspan.mesh.Mesh;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.stereotype.Component;

/**
 * Will the other clusters trust the API server at the address in the remote secret? They check its certificate against the
 * cluster's own CA. A proxy in front of the API server does not use that CA (istio/istio#51376).
 */
@Component
final class ApiServerCertificate implements Check {

    private static final String ADVICE =
            "Set meshspan.inventory.clusters.NAME.api-server to an address where the API server itself answers, and to a"
                    + " name or IP that its certificate carries.";

    @Override
    public String name() {
        return "API server's certificate";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        URI address = URI.create(cluster.cluster().apiServer());
        if (mesh.readersOf(cluster.member().cluster()).isEmpty() || !"https".equals(address.getScheme())) {
            return List.of();
        }
        return authority(cluster).flatMap(pem -> finding(cluster, address, shakeHands(cluster, address, pem))).stream()
                .toList();
    }

    private static TlsHandshake.Result shakeHands(ClusterSnapshot cluster, URI address, String authority) {
        return TlsHandshake.with(
                address,
                authority,
                cluster.cluster().tlsServerName(),
                cluster.cluster().proxy());
    }

    /** The same CA as in the reader token, which may not exist yet. */
    private static Optional<String> authority(ClusterSnapshot cluster) {
        return cluster.cluster()
                .find(ConfigMap.class, "kube-system", "kube-root-ca.crt")
                .map(map -> map.getData().get("ca.crt"));
    }

    private static Optional<Finding> finding(ClusterSnapshot cluster, URI address, TlsHandshake.Result result) {
        String what = "certificate at %s:%d".formatted(address.getHost(), TlsHandshake.port(address));
        return switch (result.outcome()) {
            case TRUSTED -> Optional.empty();
            case REFUSED ->
                Optional.of(Finding.blocking(
                        cluster.where(), what, "one for this name, of the cluster's own CA", result.detail(), ADVICE));
            case SILENT ->
                Optional.of(Finding.warning(
                        cluster.where(),
                        what,
                        "an answer, as the other clusters need one",
                        result.detail(),
                        "Make sure that the other clusters reach this address, even if this service does not."));
        };
    }

    /** A TLS handshake that trusts one CA, checks the host's name and sends nothing. */
    private static final class TlsHandshake {

        private static final Duration LIMIT = Duration.ofSeconds(2);
        private static final int HTTPS = 443;

        enum Outcome {
            TRUSTED,
            REFUSED,
            SILENT
        }

        /** @param detail why it failed; never what the other side sent */
        record Result(Outcome outcome, String detail) {}

        private TlsHandshake() {}

        /**
         * @param serverName the name to request and check, if it is not the host's name
         * @param proxy to connect through
         */
        static Result with(URI address, String authorityPem, Optional<String> serverName, Optional<ProxyTunnel> proxy) {
            try (Socket plain = connected(address, proxy)) {
                plain.setSoTimeout((int) LIMIT.toMillis());
                shakeHands(plain, serverName.orElseGet(() -> host(address)), port(address), authorityPem);
                return new Result(Outcome.TRUSTED, "");
            } catch (ProxyTunnel.Refused e) {
                return new Result(Outcome.SILENT, "none through the proxy " + e.getMessage());
            } catch (SSLException e) {
                return new Result(Outcome.REFUSED, rootCause(e));
            } catch (IOException e) {
                return new Result(Outcome.SILENT, e.getClass().getSimpleName());
            } catch (GeneralSecurityException e) {
                return new Result(
                        Outcome.REFUSED, "a CA in ConfigMap kube-system/kube-root-ca.crt that cannot be read");
            }
        }

        static int port(URI address) {
            return address.getPort() < 0 ? HTTPS : address.getPort();
        }

        /** A proxy looks up the name itself. */
        private static Socket connected(URI address, Optional<ProxyTunnel> proxy) throws IOException {
            if (proxy.isPresent()) {
                return proxy.get().connect(host(address), port(address), LIMIT);
            }
            Socket plain = new Socket();
            plain.connect(new InetSocketAddress(host(address), port(address)), (int) LIMIT.toMillis());
            return plain;
        }

        private static void shakeHands(Socket plain, String name, int port, String authorityPem)
                throws IOException, GeneralSecurityException {
            byte[] authority = authorityPem.getBytes(StandardCharsets.US_ASCII);
            SSLSocketFactory trusting = ServerTrust.in(authority, Optional.empty())
                    .context(Optional.empty())
                    .getSocketFactory();
            try (SSLSocket socket = (SSLSocket) trusting.createSocket(plain, name, port, true)) {
                SSLParameters checked = socket.getSSLParameters();
                checked.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(checked);
                socket.startHandshake();
            }
        }

        private static String host(URI address) {
            return address.getHost().replaceAll("[\\[\\]]", ""); // an IPv6 address
        }

        private static String rootCause(Throwable e) {
            return String.valueOf(CauseChain.root(e).getMessage());
        }
    }
}

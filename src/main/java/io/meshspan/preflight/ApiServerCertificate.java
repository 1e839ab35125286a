package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.springframework.stereotype.Component;

/**
 * Will the other clusters trust the API server at the address in the remote secret? They check its certificate against the
 * cluster's own CA, which a proxy in front of it does not use (istio/istio#51376).
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
        return authority(cluster).flatMap(pem -> finding(cluster, address, TlsHandshake.with(address, pem))).stream()
                .toList();
    }

    /** The same as in the reader's token, which may not be there yet. */
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

    /** A TLS handshake that trusts one CA and checks the host's name, and sends nothing. */
    private static final class TlsHandshake {

        private static final Duration LIMIT = Duration.ofSeconds(2);
        private static final int HTTPS = 443;

        enum Outcome {
            TRUSTED,
            REFUSED,
            SILENT
        }

        /** @param detail what hindered it; never what the other side sent */
        record Result(Outcome outcome, String detail) {}

        private TlsHandshake() {}

        static Result with(URI address, String authorityPem) {
            try (Socket plain = new Socket()) {
                plain.connect(new InetSocketAddress(address.getHost(), port(address)), (int) LIMIT.toMillis());
                plain.setSoTimeout((int) LIMIT.toMillis());
                shakeHands(plain, address, authorityPem);
                return new Result(Outcome.TRUSTED, "");
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

        private static void shakeHands(Socket plain, URI address, String authorityPem)
                throws IOException, GeneralSecurityException {
            SSLSocketFactory trusting = trusting(authorityPem);
            try (SSLSocket socket = (SSLSocket) trusting.createSocket(plain, host(address), port(address), true)) {
                SSLParameters checked = socket.getSSLParameters();
                checked.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(checked);
                socket.startHandshake();
            }
        }

        private static String host(URI address) {
            return address.getHost().replaceAll("[\\[\\]]", ""); // an IPv6 address
        }

        private static SSLSocketFactory trusting(String authorityPem) throws IOException, GeneralSecurityException {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int number = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(authorityPem.getBytes(StandardCharsets.US_ASCII)))) {
                authorities.setCertificateEntry("authority-" + number++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        }

        private static String rootCause(Throwable e) {
            return String.valueOf(CauseChain.root(e).getMessage());
        }
    }
}

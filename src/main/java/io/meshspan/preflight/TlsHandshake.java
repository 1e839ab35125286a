package io.meshspan.preflight;

import io.meshspan.finding.CauseChain;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A TLS handshake that trusts one CA and checks the host's name, and sends nothing. */
final class TlsHandshake {

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
            return new Result(Outcome.REFUSED, "a CA in ConfigMap kube-system/kube-root-ca.crt that cannot be read");
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

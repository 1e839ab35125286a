package io.meshspan.preflight;

import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Shakes hands with whoever connects, with a certificate that is its own authority. */
final class TlsServer implements AutoCloseable {

    private static final char[] PASSWORD = "for a test".toCharArray();

    private final SSLServerSocket socket;
    private final X509Certificate certificate;

    private TlsServer(SSLServerSocket socket, X509Certificate certificate) {
        this.socket = socket;
        this.certificate = certificate;
    }

    static TlsServer named(String ip) throws Exception {
        KeyPair keys = SelfSignedCertificate.keys();
        Instant now = Instant.now();
        X509Certificate certificate = SelfSignedCertificate.certificate(
                keys, ip, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        TlsServer server = new TlsServer(socket, certificate);
        Thread serving = new Thread(server::serve, "tls-server");
        serving.setDaemon(true);
        serving.start();
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    String authority() throws Exception {
        return SelfSignedCertificate.pem(certificate);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (SSLSocket client = (SSLSocket) socket.accept()) {
                client.startHandshake();
            } catch (IOException e) {
                // the client did not like it, or the test is over
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

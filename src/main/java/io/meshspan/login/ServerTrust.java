package io.meshspan.login;

import io.meshspan.inventory.ContextLogin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that an API server must present: from the kubeconfig's CA and no other, from the system's CAs, or any
 * certificate; for the name of the host or another name.
 */
public final class ServerTrust {

    private static final TrustManager[] ANY = {new AnyCertificate()};

    private final TrustManager @Nullable [] trusted;
    private final Optional<String> serverName;

    private ServerTrust(TrustManager @Nullable [] trusted, Optional<String> serverName) {
        this.trusted = trusted;
        this.serverName = serverName;
    }

    static ServerTrust of(ContextLogin login) throws IOException, GeneralSecurityException {
        if (!login.verified()) {
            return new ServerTrust(ANY, login.tlsServerName());
        }
        Optional<byte[]> authority = login.authority();
        return new ServerTrust(authority.isPresent() ? only(authority.get()) : null, login.tlsServerName());
    }

    /** @param authorities PEM */
    public static ServerTrust in(byte[] authorities, Optional<String> serverName)
            throws IOException, GeneralSecurityException {
        return new ServerTrust(only(authorities), serverName);
    }

    private static TrustManager[] only(byte[] authorities) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate authority :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(authorities))) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        if (number == 0) {
            throw new GeneralSecurityException("no CA certificate");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** The trust manager that checks certificates. Empty if the system's CAs apply. */
    public Optional<TrustManager> trustManager() {
        return Optional.ofNullable(trusted).map(managers -> managers[0]);
    }

    public SSLContext context(Optional<ClientIdentity> identity) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = identity.isPresent() ? identity.get().keyManagers() : null;
        context.init(keys, trusted, null);
        return serverName
                .<SSLContext>map(name -> new NamedContext(context, name))
                .orElse(context);
    }

    /** Asks for and checks this name for any address: a TLS session takes both from the peer's host. */
    private static final class NamedContext extends SSLContext {

        NamedContext(SSLContext context, String name) {
            super(new NamedEngines(context, name), context.getProvider(), context.getProtocol());
        }
    }

    private static final class NamedEngines extends SSLContextSpi {

        private final SSLContext context;
        private final String name;

        NamedEngines(SSLContext context, String name) {
            this.context = context;
            this.name = name;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.createSSLEngine(name, port);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine(name, -1);
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is there already");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }
    }

    /** For {@code insecure-skip-tls-verify}: with this type of trust manager, Java also skips its check of the name. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // accepts any
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // accepts any
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // accepts any
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // accepts any
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // accepts any
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // accepts any
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

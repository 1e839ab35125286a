package io.meshspan.inventory;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a context of a kubeconfig reaches its cluster and logs in. It contains credentials: show only what {@link #method()}
 * and similar methods return.
 *
 * @param clusterFolder the base of relative paths of the cluster
 * @param userFolder the base of relative paths of the user
 */
public record ContextLogin(Cluster cluster, Path clusterFolder, AuthInfo user, Path userFolder) {

    /** The login methods, in the order in which client-go prefers them. */
    public enum Method {
        TOKEN,
        PASSWORD,
        CLIENT_CERTIFICATE,
        PLUGIN,
        AUTH_PROVIDER,
        NONE
    }

    public Method method() {
        if (isSet(user.getToken()) || isSet(user.getTokenFile())) {
            return Method.TOKEN;
        }
        if (isSet(user.getUsername())) {
            return Method.PASSWORD;
        }
        if (hasCertificate()) {
            return Method.CLIENT_CERTIFICATE;
        }
        if (user.getExec() != null) {
            return Method.PLUGIN;
        }
        return user.getAuthProvider() == null ? Method.NONE : Method.AUTH_PROVIDER;
    }

    public boolean hasCertificate() {
        return isSet(user.getClientCertificateData()) || isSet(user.getClientCertificate());
    }

    /**
     * The API server's address. As in client-go, an address without a scheme is one of https if the kubeconfig has something
     * for TLS, else of http. Empty if there is none, or Java does not accept its host, such as one with an underscore.
     */
    public Optional<URI> server() {
        try {
            return Optional.ofNullable(cluster.getServer())
                    .map(String::strip)
                    .filter(ContextLogin::isSet)
                    .map(server -> URI.create(server.contains("://") ? server : scheme() + server))
                    .filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String scheme() {
        boolean tls = isSet(cluster.getCertificateAuthorityData())
                || isSet(cluster.getCertificateAuthority())
                || hasCertificate()
                || !verified();
        return tls ? "https://" : "http://";
    }

    /** Whether this service checks the API server's certificate. */
    public boolean verified() {
        return !Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify());
    }

    /** The name that the API server's certificate must have and that the handshake asks for, if it differs from the host. */
    public Optional<String> tlsServerName() {
        return Optional.ofNullable(cluster.getTlsServerName()).filter(ContextLogin::isSet);
    }

    /** The CA certificates, as PEM. Empty for the system's CAs. */
    public Optional<byte[]> authority() throws IOException {
        return content(cluster.getCertificateAuthorityData(), clusterFolder, cluster.getCertificateAuthority());
    }

    /** The client certificate and its chain, as PEM. */
    public Optional<byte[]> certificate() throws IOException {
        return content(user.getClientCertificateData(), userFolder, user.getClientCertificate());
    }

    /** The client certificate's key, as PEM. */
    public Optional<byte[]> key() throws IOException {
        return content(user.getClientKeyData(), userFolder, user.getClientKey());
    }

    public Optional<Path> tokenFile() {
        return Optional.ofNullable(user.getTokenFile())
                .filter(ContextLogin::isSet)
                .map(userFolder::resolve);
    }

    /** The plugin's command: a relative path starts at the kubeconfig's folder; a plain name is searched in PATH. */
    public String command(ExecConfig exec) {
        String command = Optional.ofNullable(exec.getCommand()).orElse("");
        return command.contains("/") ? userFolder.resolve(command).normalize().toString() : command;
    }

    /** The time at which the client certificate expires. */
    public Optional<Instant> certificateEnd() {
        try {
            return certificate().flatMap(ContextLogin::end);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The files that a connection reads once: after a change of one, a new connection is needed. */
    public List<Path> files() {
        return Stream.of(
                        file(cluster.getCertificateAuthorityData(), clusterFolder, cluster.getCertificateAuthority()),
                        file(user.getClientCertificateData(), userFolder, user.getClientCertificate()),
                        file(user.getClientKeyData(), userFolder, user.getClientKey()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** As in client-go, data have priority over the file. */
    private static Optional<Path> file(@Nullable String data, Path folder, @Nullable String file) {
        return isSet(data)
                ? Optional.empty()
                : Optional.ofNullable(file).filter(ContextLogin::isSet).map(folder::resolve);
    }

    private static Optional<byte[]> content(@Nullable String data, Path folder, @Nullable String file)
            throws IOException {
        if (data != null && isSet(data)) {
            try {
                return Optional.of(Base64.getMimeDecoder().decode(data));
            } catch (IllegalArgumentException e) {
                throw new IOException("no base64", e);
            }
        }
        Optional<Path> named = file(data, folder, file);
        return named.isPresent() ? Optional.of(Files.readAllBytes(named.get())) : Optional.empty();
    }

    private static Optional<Instant> end(byte[] pem) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            return Optional.of(certificate.getNotAfter().toInstant());
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    @Override
    public String toString() {
        return "login by " + method() + " to " + server().map(URI::getHost).orElse("?");
    }
}

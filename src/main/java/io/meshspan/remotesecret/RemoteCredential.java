package io.meshspan.remotesecret;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * With what a remote secret authenticates a control plane, whoever made it; never the credential itself.
 *
 * @param lifetime empty if it does not end, or does not tell when
 * @param holder what it ends with when that is deleted, such as {@code Secret name}; empty if its claims name nothing
 */
public record RemoteCredential(Kind kind, String words, Optional<TokenLifetime> lifetime, String holder) {

    /** What kind of credential it is. */
    public enum Kind {
        TOKEN,
        CERTIFICATE,
        /** A plugin, a file or a password; istiod takes most of them only where its settings allow it. */
        OTHER,
        NONE
    }

    private static final String SECRET = "Secret ";
    private static final List<String> HOLDERS = List.of("secret", "pod", "node");

    static RemoteCredential none() {
        return new RemoteCredential(Kind.NONE, "no credential that can be read", Optional.empty(), "");
    }

    /** Of the user of a kubeconfig. */
    static RemoteCredential of(JsonNode user) {
        String token = user.path("token").asText("");
        if (!token.isEmpty()) {
            return ofToken(token);
        }
        if (user.hasNonNull("client-certificate-data")) {
            return ofCertificate(user.path("client-certificate-data").asText(""));
        }
        String others = user.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? none()
                : new RemoteCredential(Kind.OTHER, "no token, but " + others, Optional.empty(), "");
    }

    private static RemoteCredential ofToken(String token) {
        JsonNode claims = BoundToken.claims(token);
        String holder = holder(claims);
        Optional<TokenLifetime> lifetime = BoundToken.lifetime(claims);
        String words = lifetime.map(end -> "a token that ends at %s".formatted(end.ends()))
                .orElse("a token that does not end");
        return new RemoteCredential(
                Kind.TOKEN, holder.isEmpty() ? words : words + ", or with " + holder, lifetime, holder);
    }

    /** Older tokens name their Secret in a claim of its own. */
    private static String holder(JsonNode claims) {
        String legacy = claims.path("kubernetes.io/serviceaccount/secret.name").asText("");
        return HOLDERS.stream()
                .filter(kind -> claims.path("kubernetes.io").has(kind))
                .findFirst()
                .map(kind -> "%s%s %s"
                        .formatted(
                                kind.substring(0, 1).toUpperCase(Locale.ROOT),
                                kind.substring(1),
                                claims.path("kubernetes.io")
                                        .path(kind)
                                        .path("name")
                                        .asText("")))
                .orElse(legacy.isEmpty() ? "" : SECRET + legacy);
    }

    private static RemoteCredential ofCertificate(String encoded) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(encoded)));
            Instant end = certificate.getNotAfter().toInstant();
            return new RemoteCredential(
                    Kind.CERTIFICATE,
                    "a client certificate that ends at " + end,
                    Optional.of(new TokenLifetime(certificate.getNotBefore().toInstant(), end)),
                    "");
        } catch (CertificateException | IllegalArgumentException e) {
            return new RemoteCredential(
                    Kind.CERTIFICATE, "a client certificate that cannot be read", Optional.empty(), "");
        }
    }

    /** Whether it is a token that ends when a rotation deletes the Secrets of the readers' tokens. */
    boolean endsWithReaderToken() {
        return holder.startsWith(SECRET) && ReaderToken.isName(holder.substring(SECRET.length()));
    }

    /** Whether a rotation cannot end it: others made it, and API servers accept it until it ends by itself. */
    public boolean outlivesRotation() {
        return kind == Kind.CERTIFICATE || (kind == Kind.TOKEN && lifetime.isPresent() && !endsWithReaderToken());
    }

    /** What people should know before a rotation replaces it; empty if it ends with the Secrets that the rotation deletes. */
    public Optional<Finding> beforeRotation(ClusterName reader, ClusterName target) {
        boolean ofAnotherSecret =
                kind == Kind.TOKEN && lifetime.isEmpty() && !holder.isEmpty() && !endsWithReaderToken();
        String advice = outlivesRotation()
                ? "It is replaced, and %s accepts it until its end: nothing ends it earlier. Stop what renews it."
                        .formatted(target)
                : "It is replaced. When the change waits until old tokens are refused, delete %s in istio-system of %s."
                        .formatted(holder, target);
        return outlivesRotation() || ofAnotherSecret
                ? Optional.of(Finding.warning(
                        reader.value(),
                        "remote secret for " + target,
                        "a token that ends with its Secret, as Meshspan and istioctl make it",
                        words,
                        advice))
                : Optional.empty();
    }

    /** Whether it has ended. */
    public boolean ended(Instant now) {
        return lifetime.filter(end -> !end.ends().isAfter(now)).isPresent();
    }
}

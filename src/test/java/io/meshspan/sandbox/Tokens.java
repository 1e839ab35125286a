package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.secrets.TestSecrets;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens by which a cluster knows its callers: those of Meshspan and of the tests, who may do all, and those of service accounts. */
final class Tokens {

    /** Which service account a token speaks for, and the Secret it lives and dies with, if there is one. */
    private record Issued(String namespace, String secret) {}

    /** Valid until then, and as long as its Secret is there; that may be empty. */
    private record Requested(String namespace, String secret, String uid, Instant ends) {}

    private final Store store;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();
    private final Map<String, Requested> requested = new ConcurrentHashMap<>();
    private final String administrator = random(24);
    private final String tester = random(24);

    Tokens(Store store) {
        this.store = store;
        TestSecrets.token("the token of an administrator", administrator);
        TestSecrets.token("the token of a test", tester);
    }

    /** With it a test looks at a cluster and changes it, beside Meshspan. */
    String tester() {
        return tester;
    }

    boolean isMeshspans(String token) {
        return administrator.equals(token);
    }

    /** The token of the kubeconfig that Meshspan gets. */
    String administrator() {
        return administrator;
    }

    boolean administers(String token) {
        return administrator.equals(token) || tester.equals(token);
    }

    /** By a TokenRequest. */
    String request(String namespace, String serviceAccount, JsonNode bound, Instant ends) {
        ObjectNode claims = Json.object()
                .put("iss", "kubernetes/serviceaccount")
                .put("sub", "system:serviceaccount:" + namespace + ":" + serviceAccount)
                .put("iat", Instant.now().getEpochSecond())
                .put("exp", ends.getEpochSecond());
        String secret = bound.path("name").asText();
        String uid = uid(namespace, bound);
        claims.withObject("/kubernetes.io")
                .putObject("secret")
                .put("name", secret)
                .put("uid", uid);
        String token = base64("{\"alg\":\"RS256\"}") + "." + base64(claims.toString()) + "." + random(32);
        TestSecrets.token("a bound token of service account %s/%s".formatted(namespace, serviceAccount), token);
        requested.put(token, new Requested(namespace, secret, uid, ends));
        return token;
    }

    /** Of the Secret that a token is to be bound to; empty if there is none of that name. */
    String uid(String namespace, JsonNode bound) {
        return store.get(Secret.class, namespace, bound.path("name").asText())
                .map(secret -> secret.getMetadata().getUid())
                .orElse("");
    }

    String issue(String namespace, String serviceAccount, String secret) {
        String claims = Json.object()
                .put("iss", "kubernetes/serviceaccount")
                .put("sub", "system:serviceaccount:" + namespace + ":" + serviceAccount)
                .toString();
        String token = base64("{\"alg\":\"RS256\"}") + "." + base64(claims) + "." + random(32);
        TestSecrets.token("a token of service account %s/%s".formatted(namespace, serviceAccount), token);
        issued.put(token, new Issued(namespace, secret));
        return token;
    }

    boolean accepts(String token) {
        return administers(token)
                || Optional.ofNullable(issued.get(token))
                        .map(of -> holds(of, token))
                        .orElse(false)
                || Optional.ofNullable(requested.get(token))
                        .filter(of -> of.ends().isAfter(Instant.now()))
                        .map(this::isBound)
                        .orElse(false);
    }

    private boolean isBound(Requested of) {
        return of.secret().isEmpty()
                || store.get(Secret.class, of.namespace(), of.secret())
                        .filter(secret -> secret.getMetadata().getUid().equals(of.uid()))
                        .isPresent();
    }

    private boolean holds(Issued of, String token) {
        return store.get(Secret.class, of.namespace(), of.secret())
                .map(Secret::getData)
                .map(data -> data.get("token"))
                .filter(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8).equals(token))
                .isPresent();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}

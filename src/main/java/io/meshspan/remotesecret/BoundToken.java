package io.meshspan.remotesecret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.mesh.Member;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A bound service account token, as its own claims describe it. It is valid until it expires or the Secret that it is bound to is
 * gone, whichever comes first.
 *
 * @param secretUid of the Secret that it is bound to; empty if it is bound to something else
 */
record BoundToken(String token, String secretUid, TokenLifetime lifetime) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int JWT_PARTS = 3;

    /** Empty for a token that does not end. */
    static Optional<BoundToken> read(String token) {
        JsonNode claims = claims(token);
        return lifetime(claims)
                .map(lifetime -> new BoundToken(
                        token, claims.at("/kubernetes.io/secret/uid").asText(""), lifetime));
    }

    /** What a token says of itself; nothing if it is no JWT. */
    static JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return parts.length == JWT_PARTS
                    ? JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
                    : MissingNode.getInstance();
        } catch (IOException | IllegalArgumentException e) {
            return MissingNode.getInstance();
        }
    }

    static Optional<TokenLifetime> lifetime(JsonNode claims) {
        JsonNode end = claims.path("exp");
        return end.isNumber()
                ? Optional.of(new TokenLifetime(
                        Instant.ofEpochSecond(claims.path("iat").asLong(end.asLong())),
                        Instant.ofEpochSecond(end.asLong())))
                : Optional.empty();
    }

    /** The token in a remote secret, if it is bound to this Secret and has not ended. */
    static Optional<BoundToken> held(Member target, GenericKubernetesResource remoteSecret, HasMetadata binding) {
        return RemoteKubeconfig.token(target.istioName(), remoteSecret)
                .flatMap(BoundToken::read)
                .filter(token -> token.secretUid().equals(binding.getMetadata().getUid())
                        && token.lifetime().ends().isAfter(Instant.now()));
    }

    @Override
    public String toString() {
        return "bound token (not shown), " + lifetime;
    }
}

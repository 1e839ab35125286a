package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.secrets.TestSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/** Says of every private key that comes into a Secret of a cluster, whoever made it, that it is one. */
final class PrivateKeys implements Consumer<ObjectChange> {

    @Override
    public void accept(ObjectChange objectChange) {
        JsonNode object = objectChange.after();
        if (object != null && objectChange.key().plural().equals("secrets")) {
            object.path("data")
                    .properties()
                    .forEach(entry -> decoded(entry.getValue())
                            .filter(text -> text.contains("PRIVATE KEY-----"))
                            .ifPresent(pem -> TestSecrets.pem(
                                    "%s of Secret %s/%s"
                                            .formatted(
                                                    entry.getKey(),
                                                    objectChange.key().namespace(),
                                                    objectChange.key().name()),
                                    pem)));
        }
    }

    private static Optional<String> decoded(JsonNode value) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}

package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Fills Secrets of type service-account-token, and removes them with their ServiceAccount. */
final class TokenController implements Controller {

    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";

    @Override
    public void reconcile(RunningCluster cluster) {
        for (ObjectNode secret : cluster.store().list("", "secrets", "")) {
            if (secret.path("type").asText().equals(TYPE)) {
                fill(cluster, secret);
            }
        }
    }

    private static void fill(RunningCluster cluster, ObjectNode secret) {
        String namespace = Json.namespace(secret);
        String name = Json.name(secret);
        Key key = new Key("", "secrets", namespace, name);
        String accountName =
                secret.path("metadata").path("annotations").path(ACCOUNT).asText();
        Optional<ServiceAccount> account = cluster.store().get(ServiceAccount.class, namespace, accountName);
        if (account.isEmpty()) {
            cluster.store().remove(key);
        } else if (!secret.path("data").has("token")) {
            String token = cluster.tokens().issue(namespace, accountName, name);
            cluster.store().edit(key, live -> {
                live.withObject("/data")
                        .put("token", base64(token))
                        .put("ca.crt", base64(cluster.authority()))
                        .put("namespace", base64(namespace));
                Json.metadata(live)
                        .withObject("/annotations")
                        .put(
                                "kubernetes.io/service-account.uid",
                                account.get().getMetadata().getUid());
            });
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Charts render webhooks as for a first installation: an empty {@code caBundle} and {@code failurePolicy: Ignore}. A
 * running istiod sets both. Where a webhook lives already, its own values stand, so that applying again undoes nothing.
 * Leaving the fields out instead would give up Meshspan's ownership, and on a remote, whose validation webhooks no
 * istiod touches, the API server would then default {@code failurePolicy} to Fail.
 */
final class WebhookFields {

    private static final String WEBHOOKS = "webhooks";
    private static final String CLIENT_CONFIG = "clientConfig";

    private WebhookFields() {}

    static GenericKubernetesResource keep(GenericKubernetesResource live, GenericKubernetesResource desired) {
        if (desired.getKind().endsWith("WebhookConfiguration")) {
            maps(desired)
                    .forEach(webhook -> maps(live).stream()
                            .filter(l -> Objects.equals(l.get("name"), webhook.get("name")))
                            .findFirst()
                            .ifPresent(l -> keep(l, webhook)));
        }
        return desired;
    }

    private static void keep(Map<String, Object> live, Map<String, Object> webhook) {
        copy(live, webhook, "failurePolicy");
        copy(map(live.get(CLIENT_CONFIG)), map(webhook.get(CLIENT_CONFIG)), "caBundle");
    }

    private static void copy(Map<String, Object> from, Map<String, Object> to, String field) {
        if (from.containsKey(field)) {
            to.put(field, from.get(field));
        } else {
            to.remove(field);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(GenericKubernetesResource configuration) {
        Object webhooks = configuration.getAdditionalProperties().get(WEBHOOKS);
        return webhooks == null ? List.of() : (List<Map<String, Object>>) webhooks;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? new HashMap<>() : (Map<String, Object>) value;
    }
}

package io.meshspan.difference;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Charts render webhooks for a first installation: an empty {@code caBundle} and {@code failurePolicy: Ignore}. A running
 * istiod sets both. If a webhook already exists, its own values are kept, so that a second apply undoes nothing. Selectors
 * that a provider's controller adds to every webhook are kept, too: it would restore them within seconds. Without these
 * fields in the apply, Meshspan would lose their ownership. On a remote, no istiod sets its validation webhooks, so the API
 * server would then default {@code failurePolicy} to Fail.
 */
public final class WebhookFields {

    private static final String WEBHOOKS = "webhooks";
    private static final String CLIENT_CONFIG = "clientConfig";
    private static final String EXPRESSIONS = "matchExpressions";

    /** The controllers that add expressions to the selectors of all webhooks of a cluster: AKS, Gardener. */
    private static final Set<String> SELECTOR_WRITERS =
            Set.of("admissionsenforcer", "gardenlet", "gardener-resource-manager");

    private WebhookFields() {}

    /** The desired object with the current values. The rendered object is shared between clusters, so it is not modified. */
    public static GenericKubernetesResource keep(GenericKubernetesResource live, GenericKubernetesResource desired) {
        if (!desired.getKind().endsWith("WebhookConfiguration")) {
            return desired;
        }
        GenericKubernetesResource kept = new GenericKubernetesResource();
        kept.setApiVersion(desired.getApiVersion());
        kept.setKind(desired.getKind());
        kept.setMetadata(desired.getMetadata());
        kept.setAdditionalProperties(new HashMap<>(desired.getAdditionalProperties()));
        kept.setAdditionalProperty(
                WEBHOOKS,
                maps(desired).stream()
                        .map(webhook -> keep(maps(live), webhook, selectorsAreShared(live)))
                        .toList());
        return kept;
    }

    /** Whether a provider's controller has written to this configuration. */
    public static boolean selectorsAreShared(HasMetadata live) {
        return live.getMetadata().getManagedFields().stream()
                .anyMatch(entry -> SELECTOR_WRITERS.contains(entry.getManager()));
    }

    private static Map<String, Object> keep(
            List<Map<String, Object>> live, Map<String, Object> webhook, boolean shared) {
        return live.stream()
                .filter(l -> Objects.equals(l.get("name"), webhook.get("name")))
                .findFirst()
                .map(l -> kept(l, webhook, shared))
                .orElse(webhook);
    }

    private static Map<String, Object> kept(Map<String, Object> live, Map<String, Object> webhook, boolean shared) {
        Map<String, Object> kept = new HashMap<>(webhook);
        Map<String, Object> client = new HashMap<>(map(webhook.get(CLIENT_CONFIG)));
        copy(live, kept, "failurePolicy");
        copy(map(live.get(CLIENT_CONFIG)), client, "caBundle");
        kept.put(CLIENT_CONFIG, client);
        if (shared) {
            List.of("namespaceSelector", "objectSelector")
                    .forEach(selector ->
                            kept.compute(selector, (name, ours) -> withOthers(map(live.get(name)), map(ours))));
        }
        return kept;
    }

    /** In the current order: our expressions, and those for keys that we do not set. */
    private static Map<String, Object> withOthers(Map<String, Object> live, Map<String, Object> ours) {
        List<Map<String, Object>> wanted = expressions(ours);
        Set<Object> keys =
                wanted.stream().map(expression -> expression.get("key")).collect(Collectors.toSet());
        List<Map<String, Object>> all = new ArrayList<>(expressions(live).stream()
                .filter(expression -> wanted.contains(expression) || !keys.contains(expression.get("key")))
                .toList());
        wanted.stream().filter(expression -> !all.contains(expression)).forEach(all::add);
        Map<String, Object> selector = new HashMap<>(ours);
        if (!all.isEmpty()) {
            selector.put(EXPRESSIONS, all);
        }
        return selector;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> expressions(Map<String, Object> selector) {
        return (List<Map<String, Object>>) selector.getOrDefault(EXPRESSIONS, List.of());
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

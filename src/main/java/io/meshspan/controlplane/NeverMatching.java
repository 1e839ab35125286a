package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.mesh.Mesh;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * If the tag {@code default} injects, the webhook of the default control plane must never match, as after {@code istioctl
 * install}. Otherwise both would inject pods.
 */
final class NeverMatching {

    private static final Map<String, Object> NEVER =
            Map.of("matchLabels", Map.of("istio.io/deactivated", "never-match"));

    private NeverMatching() {}

    static List<GenericKubernetesResource> in(Mesh mesh, List<GenericKubernetesResource> objects) {
        if (mesh.extras().defaultTag() && !mesh.revision().isNamed()) {
            objects.stream()
                    .filter(object -> object.getMetadata().getName().equals(InjectionWebhook.NAME))
                    .filter(object -> object.getKind().equals("MutatingWebhookConfiguration"))
                    .forEach(NeverMatching::deactivate);
        }
        return objects;
    }

    /** Works on a copy: rendered objects are shared. */
    private static void deactivate(GenericKubernetesResource configuration) {
        List<Map<String, Object>> webhooks = configuration.get("webhooks");
        configuration.setAdditionalProperty(
                "webhooks", webhooks.stream().map(NeverMatching::deactivated).toList());
    }

    private static Map<String, Object> deactivated(Map<String, Object> webhook) {
        Map<String, Object> copy = new LinkedHashMap<>(webhook);
        copy.put("namespaceSelector", NEVER);
        copy.put("objectSelector", NEVER);
        return copy;
    }
}

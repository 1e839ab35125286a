package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;

/**
 * The guide's expose-istiod.yaml: exposes istiod's ports for discovery and injection through the gateway. With a revision,
 * it has the form of expose-istiod-rev.yaml.tmpl, with which several control planes share the gateway.
 */
public final class ExposedIstiod {

    private ExposedIstiod() {}

    public static List<HasMetadata> desired(Mesh mesh) {
        List<HasMetadata> objects = FixedManifest.members(mesh, "expose-istiod.yaml");
        if (mesh.revision().isNamed()) {
            objects.stream()
                    .filter(object -> object.getKind().equals("VirtualService"))
                    .forEach(routes -> ofRevision(
                            (GenericKubernetesResource) routes, mesh.revision().value()));
        }
        return objects;
    }

    private static void ofRevision(GenericKubernetesResource routes, String revision) {
        routes.getMetadata().setName("istiod-vs-" + revision);
        String host = "istiod-%s.istio-system.svc".formatted(revision);
        List<Map<String, Object>> rules = routes.get("spec", "tls");
        for (Map<String, Object> rule : rules) {
            first(rule, "match").put("sniHosts", List.of(host, host + ".cluster.local"));
            destination(first(rule, "route")).put("host", host + ".cluster.local");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> first(Map<String, Object> rule, String field) {
        return ((List<Map<String, Object>>) rule.getOrDefault(field, List.of())).get(0);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> destination(Map<String, Object> route) {
        return (Map<String, Object>) route.getOrDefault("destination", Map.of());
    }
}

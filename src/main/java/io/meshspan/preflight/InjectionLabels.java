package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Does a namespace have the labels of two injections? Istio then only uses istio-injection. */
@Component
final class InjectionLabels implements Check {

    private static final Set<String> BOTH = Set.of("istio-injection", "istio.io/rev");

    @Override
    public String name() {
        return "Injection labels";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<String> both = cluster.anywhere(Namespace.class).stream()
                .filter(namespace -> labels(namespace).keySet().containsAll(BOTH))
                .map(namespace -> namespace.getMetadata().getName())
                .sorted()
                .toList();
        return both.isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        cluster.where(),
                        "labels of Namespace " + String.join(", ", both),
                        "istio-injection or istio.io/rev",
                        "both; istio-injection wins",
                        "Remove the wrong one."));
    }

    private static Map<String, String> labels(Namespace namespace) {
        return Optional.ofNullable(namespace.getMetadata().getLabels()).orElse(Map.of());
    }
}

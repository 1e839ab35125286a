package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Questions about pods. */
final class Pods {

    static final String PROXY = "istio-proxy";

    private Pods() {}

    static boolean ready(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).orElse(List.of()).stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    static boolean hasProxy(Pod pod) {
        return containers(pod.getSpec())
                .anyMatch(container -> container.getName().equals(PROXY));
    }

    static Stream<Container> containers(PodSpec spec) {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
    }

    static Map<String, String> labels(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    }

    static Map<String, String> annotations(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    }

    /** The ready pods that a selector selects; an empty selector selects none. */
    static List<Pod> ready(Store store, String namespace, Map<String, String> selector) {
        return store.list(Pod.class, namespace).stream()
                .filter(Pods::ready)
                .filter(pod -> !selector.isEmpty() && labels(pod).entrySet().containsAll(selector.entrySet()))
                .toList();
    }
}

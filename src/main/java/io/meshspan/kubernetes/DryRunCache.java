package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which wish was found fulfilled at which resourceVersion of an object, so that a step need not ask by dry run
 * what the plan asked a moment ago: as long as neither has moved, the answer stands. Istio's CRDs are a megabyte, and
 * their dry run is most of what a second run costs. Secrets are not kept.
 */
final class DryRunCache {

    private record Fulfilled(String resourceVersion, GenericKubernetesResource wish) {}

    private final Map<ObjectRef, Fulfilled> known = new ConcurrentHashMap<>();

    boolean equal(GenericKubernetesResource live, GenericKubernetesResource wish) {
        Fulfilled fulfilled = known.get(ObjectRef.of(live));
        return fulfilled != null
                && fulfilled.resourceVersion().equals(live.getMetadata().getResourceVersion())
                && fulfilled.wish().equals(wish);
    }

    void remember(GenericKubernetesResource live, GenericKubernetesResource wish) {
        if (!wish.getKind().equals("Secret")) {
            known.put(ObjectRef.of(live), new Fulfilled(live.getMetadata().getResourceVersion(), wish));
        }
    }
}

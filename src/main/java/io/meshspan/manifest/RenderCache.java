package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshspan.mesh.IstioVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Caches rendered objects: the base chart takes 0.4 to 1.3 s, and its 15 CRDs are the same for every cluster. */
final class RenderCache {

    private static final int MOST = 500;

    private final Map<Key, List<GenericKubernetesResource>> kept = new ConcurrentHashMap<>();

    /** @param input everything that the tool gets, compared by value */
    record Key(IstioVersion version, Object input) {}

    List<GenericKubernetesResource> get(Key key, Supplier<List<GenericKubernetesResource>> rendering) {
        if (kept.size() > MOST) {
            kept.clear();
        }
        return copy(kept.computeIfAbsent(key, k -> rendering.get()));
    }

    /** The caller may set labels. It must not change the content, a megabyte of CRDs, because all callers share it. */
    private static List<GenericKubernetesResource> copy(List<GenericKubernetesResource> objects) {
        return objects.stream().map(RenderCache::copy).toList();
    }

    private static GenericKubernetesResource copy(GenericKubernetesResource object) {
        GenericKubernetesResource copy = new GenericKubernetesResource();
        copy.setApiVersion(object.getApiVersion());
        copy.setKind(object.getKind());
        copy.setMetadata(new ObjectMetaBuilder(object.getMetadata()).build());
        copy.setAdditionalProperties(new LinkedHashMap<>(object.getAdditionalProperties()));
        return copy;
    }
}

package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.BoundedPoll;
import io.meshspan.kubernetes.Cluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Applies objects in their order, the objects of one kind in parallel. CRDs come first. Nothing else is applied before the
 * API server has established them.
 */
@Component
public final class ManifestInstaller {

    private static final String CRD = "CustomResourceDefinition";

    /** @throws io.meshspan.finding.TransientException if a CRD is not established in time */
    public List<AppliedObject> install(Cluster cluster, List<? extends HasMetadata> objects) {
        List<? extends HasMetadata> crds =
                objects.stream().filter(o -> o.getKind().equals(CRD)).toList();
        List<AppliedObject> applied = new ArrayList<>(cluster.applyAll(crds));
        crds.forEach(crd -> awaitEstablished(cluster, crd));
        byKind(objects).forEach(same -> applied.addAll(cluster.applyAll(same)));
        return applied;
    }

    private static Collection<List<HasMetadata>> byKind(List<? extends HasMetadata> objects) {
        Map<String, List<HasMetadata>> kinds = new LinkedHashMap<>();
        objects.stream()
                .filter(object -> !object.getKind().equals(CRD))
                .sorted(Comparator.comparingInt(object -> InstallOrder.of(object.getKind())))
                .forEach(object -> kinds.computeIfAbsent(object.getKind(), kind -> new ArrayList<>())
                        .add(object));
        return kinds.values();
    }

    private static void awaitEstablished(Cluster cluster, HasMetadata crd) {
        EstablishedKind kind = EstablishedKind.of((GenericKubernetesResource) crd);
        BoundedPoll.until(
                () -> cluster.serves(kind.apiVersion(), kind.kind()),
                "%s: CRD %s is not established yet"
                        .formatted(cluster.name(), crd.getMetadata().getName()));
    }
}

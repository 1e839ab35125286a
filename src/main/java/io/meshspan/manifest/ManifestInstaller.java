package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.kubernetes.Applied;
import io.meshspan.kubernetes.Briefly;
import io.meshspan.kubernetes.Cluster;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Applies objects in order: CRDs first, and nothing else before the API server has established them. */
@Component
public final class ManifestInstaller {

    private static final String CRD = "CustomResourceDefinition";

    /** @throws io.meshspan.finding.PassingFault if a CRD is not established in time */
    public List<Applied> install(Cluster cluster, List<? extends HasMetadata> objects) {
        List<? extends HasMetadata> crds =
                objects.stream().filter(o -> o.getKind().equals(CRD)).toList();
        List<Applied> definitions = crds.stream().map(cluster::apply).toList();
        crds.forEach(crd -> awaitEstablished(cluster, crd));
        List<Applied> rest = objects.stream()
                .filter(o -> !o.getKind().equals(CRD))
                .map(cluster::apply)
                .toList();
        return Stream.concat(definitions.stream(), rest.stream()).toList();
    }

    private static void awaitEstablished(Cluster cluster, HasMetadata crd) {
        EstablishedKind kind = EstablishedKind.of((GenericKubernetesResource) crd);
        Briefly.until(
                () -> cluster.serves(kind.apiVersion(), kind.kind()),
                "%s: CRD %s is not established yet"
                        .formatted(cluster.name(), crd.getMetadata().getName()));
    }
}

package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
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
        String name = crd.getMetadata().getName();
        boolean already = cluster.find(CustomResourceDefinition.class, null, name)
                .filter(ManifestInstaller::isEstablished)
                .isPresent();
        if (!already) {
            Briefly.await(
                    cluster.when(CustomResourceDefinition.class, null, name, ManifestInstaller::isEstablished),
                    "%s: CRD %s is not established yet".formatted(cluster.name(), name));
        }
    }

    private static boolean isEstablished(CustomResourceDefinition crd) {
        return crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
    }
}

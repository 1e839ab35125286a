package io.meshspan.controlplane;

import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Mesh;
import java.util.List;
import org.springframework.stereotype.Component;

/** Creates istio-system in each cluster, labels its network, and lays down what marks Meshspan's objects. */
@Component
public final class IstioNamespaces {

    private final Clusters clusters;

    IstioNamespaces(Clusters clusters) {
        this.clusters = clusters;
    }

    public List<AppliedObject> create(Mesh mesh) {
        return clusters.inEach(mesh.clusters(), cluster -> create(mesh, cluster)).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<AppliedObject> create(Mesh mesh, Cluster cluster) {
        return List.of(
                cluster.apply(IstioNamespace.desired(mesh, mesh.member(cluster.name()))),
                cluster.apply(new ApplySet(mesh.id()).parent()));
    }
}

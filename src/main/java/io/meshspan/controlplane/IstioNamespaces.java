package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.gateway.GatewayNamespace;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Creates istio-system in each cluster, labels its network, and creates the ApplySet parent of Meshspan's objects. */
@Component
public final class IstioNamespaces {

    private final Clusters clusters;

    private final ValuesLayers layers;

    IstioNamespaces(Clusters clusters, ValuesLayers layers) {
        this.clusters = clusters;
        this.layers = layers;
    }

    /** The first objects of a cluster, in the order in which they are applied. */
    public List<HasMetadata> desired(Mesh mesh, Member member) {
        HelmValues given = layers.given(ValuesPart.NAMESPACES, mesh, member);
        return Stream.of(
                        Stream.of(IstioNamespace.desired(mesh, member, given)),
                        GatewayNamespace.desired(mesh, member, given).stream(),
                        Stream.of(ApplySet.of(mesh).parent()))
                .<HasMetadata>flatMap(objects -> objects)
                .toList();
    }

    public List<AppliedObject> create(Mesh mesh) {
        return Clusters.joined(clusters.inEach(mesh.clusters(), cluster -> create(mesh, cluster)));
    }

    private List<AppliedObject> create(Mesh mesh, Cluster cluster) {
        return desired(mesh, mesh.member(cluster.name())).stream()
                .map(cluster::apply)
                .toList();
    }
}

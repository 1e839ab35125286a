package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ManifestInstaller;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import org.springframework.stereotype.Component;

/** Installs the gateways of a cluster, and exposes services through the gateways of a mesh. */
@Component
public final class GatewayInstaller {

    private final Clusters clusters;
    private final EastWestGateway gateway;
    private final IngressGateway ingress;
    private final ManifestInstaller installer;

    GatewayInstaller(Clusters clusters, EastWestGateway gateway, IngressGateway ingress, ManifestInstaller installer) {
        this.clusters = clusters;
        this.gateway = gateway;
        this.ingress = ingress;
        this.installer = installer;
    }

    public List<AppliedObject> install(Mesh mesh, ClusterName cluster) {
        return installer.install(clusters.get(cluster), gateway.desired(mesh, mesh.member(cluster)));
    }

    /**
     * Runs after istiod's webhook works, because the pods start with the image {@code auto}. Does nothing if no ingress
     * gateway was requested.
     */
    public List<AppliedObject> installIngress(Mesh mesh, ClusterName cluster) {
        return installer.install(clusters.get(cluster), ingress.desired(mesh, mesh.member(cluster)));
    }

    /** On the primaries: a gateway gets its configuration from its control plane. */
    public List<AppliedObject> exposeServices(Mesh mesh) {
        return apply(mesh.exposingServices(), ExposedServices.desired(mesh));
    }

    /** On the primaries that have remotes. */
    public List<AppliedObject> exposeIstiod(Mesh mesh) {
        return apply(mesh.exposingIstiod(), ExposedIstiod.desired(mesh));
    }

    private List<AppliedObject> apply(List<Member> members, List<HasMetadata> objects) {
        List<ClusterName> names = members.stream().map(Member::cluster).toList();
        return Clusters.joined(clusters.inEach(names, cluster -> installer.install(cluster, objects)));
    }
}

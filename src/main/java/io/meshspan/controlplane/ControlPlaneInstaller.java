package io.meshspan.controlplane;

import io.meshspan.gateway.EastWestGateway;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ManifestInstaller;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Installs Istio's base and istiod in a cluster. It creates the Service of the east-west gateway first: a cloud takes
 * minutes to assign its address, and needs neither istiod nor the gateway's pods for that. The pods are created after the
 * webhook works.
 */
@Component
public final class ControlPlaneInstaller {

    private final Clusters clusters;
    private final Primary primary;
    private final EastWestGateway gateway;
    private final ManifestInstaller installer;

    ControlPlaneInstaller(Clusters clusters, Primary primary, EastWestGateway gateway, ManifestInstaller installer) {
        this.clusters = clusters;
        this.primary = primary;
        this.gateway = gateway;
        this.installer = installer;
    }

    public List<AppliedObject> install(Mesh mesh, ClusterName name) {
        Member member = mesh.member(name);
        Cluster cluster = clusters.get(name);
        List<AppliedObject> applied = new ArrayList<>(installer.install(cluster, gateway.loadBalancer(mesh, member)));
        applied.addAll(installer.install(cluster, primary.desired(mesh, member)));
        return applied;
    }
}

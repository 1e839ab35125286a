package io.meshspan.controlplane;

import io.meshspan.kubernetes.Applied;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ManifestInstaller;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.List;
import org.springframework.stereotype.Component;

/** Installs Istio's base and istiod in a cluster. */
@Component
public final class ControlPlaneInstaller {

    private final Clusters clusters;
    private final Primary primary;
    private final ManifestInstaller installer;

    ControlPlaneInstaller(Clusters clusters, Primary primary, ManifestInstaller installer) {
        this.clusters = clusters;
        this.primary = primary;
        this.installer = installer;
    }

    public List<Applied> install(Mesh mesh, ClusterName cluster) {
        return installer.install(clusters.get(cluster), primary.desired(mesh, mesh.member(cluster)));
    }
}

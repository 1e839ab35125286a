package io.meshspan.change;

import io.meshspan.mesh.ClusterName;
import java.util.List;

/**
 * What of a mesh shall be taken away.
 *
 * @param clusters that leave the mesh; the others of the mesh only lose their access to these
 * @param crds whether Istio's CRDs go, too, if that is approved
 * @param evenIfInjected whether workloads with a sidecar are no hindrance
 */
public record Removal(List<ClusterName> clusters, boolean crds, boolean evenIfInjected) {

    public Removal {
        clusters = List.copyOf(clusters);
    }

    public boolean takesOut(ClusterName cluster) {
        return clusters.contains(cluster);
    }
}

package io.meshspan.change;

import io.meshspan.mesh.ClusterName;
import java.util.List;

/**
 * The parts of a mesh that a change removes.
 *
 * @param clusters that leave the mesh; the other clusters only lose their access to these
 * @param crds whether Istio's CRDs are deleted, too, if that is approved
 * @param evenIfInjected whether to continue although workloads have a sidecar
 */
public record Removal(List<ClusterName> clusters, boolean crds, boolean evenIfInjected) {

    public Removal {
        clusters = List.copyOf(clusters);
    }

    public boolean takesOut(ClusterName cluster) {
        return clusters.contains(cluster);
    }
}

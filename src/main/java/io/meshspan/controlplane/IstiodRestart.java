package io.meshspan.controlplane;

import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Restarts the istiods of a mesh's revision. */
@Component
public final class IstiodRestart {

    private final Clusters clusters;

    IstiodRestart(Clusters clusters) {
        this.clusters = clusters;
    }

    /** @param mark a restart with the same mark is not repeated */
    public List<AppliedObject> of(Mesh mesh, Collection<ClusterName> primaries, String mark) {
        ObjectRef istiod = deployment(mesh);
        return List.copyOf(clusters.inEach(primaries, primary -> primary.restart(istiod, mark))
                .values());
    }

    public static ObjectRef deployment(Mesh mesh) {
        return new ObjectRef(
                "apps/v1", "Deployment", IstioNamespace.NAME, mesh.revision().name("istiod"));
    }
}

package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.mesh.Mesh;
import java.util.List;

/** The guide's expose-services.yaml: exposes all services of the cluster through its east-west gateway. */
public final class ExposedServices {

    private ExposedServices() {}

    public static List<HasMetadata> desired(Mesh mesh) {
        return FixedManifest.members(mesh, "expose-services.yaml");
    }
}

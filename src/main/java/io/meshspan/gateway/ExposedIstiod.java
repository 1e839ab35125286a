package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.mesh.Mesh;
import java.util.List;

/** The guide's expose-istiod.yaml: istiod's ports for discovery and injection, reachable through the gateway. */
public final class ExposedIstiod {

    private ExposedIstiod() {}

    public static List<HasMetadata> desired(Mesh mesh) {
        return FixedManifest.members(mesh, "expose-istiod.yaml");
    }
}

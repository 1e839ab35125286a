package io.meshspan.controlplane;

import io.meshspan.manifest.Images;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.Map;

/** The values of Istio's charts for a primary, as the guide's IstioOperator file has them. */
final class PrimaryValues {

    private final Images images;

    PrimaryValues(Images images) {
        this.images = images;
    }

    Map<String, Object> base() {
        return Map.of();
    }

    Map<String, Object> istiod(Mesh mesh, Member member) {
        Map<String, Object> global = new HashMap<>(images.global(mesh));
        global.put("meshID", mesh.id().value());
        global.put("multiCluster", Map.of("clusterName", member.cluster().value()));
        global.put("network", member.network().value());
        if (mesh.servesRemotes(member)) {
            global.put("externalIstiod", true);
        }
        return Map.of("global", global);
    }
}

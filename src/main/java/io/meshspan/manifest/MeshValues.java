package io.meshspan.manifest;

import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.Map;

/** The values under {@code global} that identify a cluster and its mesh; the same for both tools. */
public final class MeshValues {

    private MeshValues() {}

    public static Map<String, Object> global(Mesh mesh, Member member) {
        Map<String, Object> global = new HashMap<>();
        global.put("meshID", mesh.id().value());
        global.put("multiCluster", Map.of("clusterName", member.istioName().value()));
        global.put("network", member.network().value());
        if (mesh.servesRemotes(member)) {
            global.put("externalIstiod", true);
        }
        return global;
    }
}

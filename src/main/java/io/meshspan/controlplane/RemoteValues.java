package io.meshspan.controlplane;

import io.meshspan.manifest.Images;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.Map;

/** The values of Istio's charts for a remote, which uses the istiod of its primary (istio-facts A1, row 6). */
final class RemoteValues {

    private static final String PROFILE = "profile";
    private static final String REMOTE = "remote";

    private final Images images;

    RemoteValues(Images images) {
        this.images = images;
    }

    Map<String, Object> base() {
        return Map.of(PROFILE, REMOTE, "global", Map.of("externalIstiod", true));
    }

    /** @param discoveryAddress IP or hostname of the primary's east-west gateway */
    Map<String, Object> istiod(Mesh mesh, Member member, String discoveryAddress) {
        Map<String, Object> global = new HashMap<>(images.global(mesh));
        global.put("meshID", mesh.id().value());
        global.put("multiCluster", Map.of("clusterName", member.cluster().value()));
        global.put("network", member.network().value());
        global.put("configCluster", true);
        global.put("remotePilotAddress", discoveryAddress);
        String path = "/inject/cluster/%s/net/%s".formatted(member.cluster(), member.network());
        return Map.of(PROFILE, REMOTE, "global", global, "istiodRemote", Map.of("injectionPath", path));
    }
}

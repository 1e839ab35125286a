package io.meshspan.controlplane;

import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.manifest.ImageSettings;
import io.meshspan.manifest.MeshValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.Map;

/** The values of Istio's charts for a remote, which uses the istiod of its primary (istio-facts A1, row 6). */
final class RemoteValues {

    private static final String PROFILE = "profile";
    private static final String REMOTE = "remote";

    private final ImageSettings imageSettings;

    RemoteValues(ImageSettings imageSettings) {
        this.imageSettings = imageSettings;
    }

    Map<String, Object> base(Mesh mesh) {
        Map<String, Object> values = RevisionValues.base(mesh);
        values.put(PROFILE, REMOTE);
        values.put("global", Map.of("externalIstiod", true));
        return values;
    }

    Map<String, Object> istiod(Mesh mesh, Member member, DiscoveryAddress discovery) {
        Map<String, Object> global = new HashMap<>(imageSettings.global(mesh));
        global.putAll(MeshValues.global(mesh, member));
        global.put("configCluster", true);
        global.put("remotePilotAddress", discovery.address());
        Map<String, Object> values = RevisionValues.istiod(mesh);
        values.put(PROFILE, REMOTE);
        values.put("global", global);
        values.put("istiodRemote", injection(member, discovery));
        return values;
    }

    /** The guide's file, which leaves out what the profile does not use. */
    Map<String, Object> operator(Mesh mesh, Member member, DiscoveryAddress discovery) {
        Map<String, Object> values = RevisionValues.operator(mesh);
        values.put("istiodRemote", injection(member, discovery));
        values.put("global", Map.of("remotePilotAddress", discovery.address()));
        Map<String, Object> spec = imageSettings.operator(mesh);
        spec.put(PROFILE, REMOTE);
        spec.put("values", values);
        return spec;
    }

    /** Istio's base alone, until the address is known. */
    Map<String, Object> baseOperator(Mesh mesh) {
        Map<String, Object> spec = imageSettings.operator(mesh);
        spec.put(PROFILE, REMOTE);
        spec.put("components", Map.of("pilot", Map.of("enabled", false)));
        spec.put("values", RevisionValues.operator(mesh));
        return spec;
    }

    private static Map<String, Object> injection(Member member, DiscoveryAddress discovery) {
        String path = "/inject/cluster/%s/net/%s".formatted(member.istioName(), member.network());
        return discovery
                .injectionHost()
                .<Map<String, Object>>map(host -> Map.of("injectionURL", "https://%s:15017%s".formatted(host, path)))
                .orElse(Map.of("injectionPath", path));
    }
}

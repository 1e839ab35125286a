package io.meshspan.controlplane;

import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.manifest.MeshValues;
import io.meshspan.manifest.OperatorValues;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.Map;

/**
 * The values of Istio's charts for a remote, which uses the istiod of its primary (istio.io, Install Primary-Remote;
 * manifests/helm-profiles/remote.yaml).
 */
final class RemoteValues {

    private static final String PROFILE = "profile";
    private static final String REMOTE = "remote";

    private final ValuesLayers layers;

    RemoteValues(ValuesLayers layers) {
        this.layers = layers;
    }

    HelmValues base(Mesh mesh, Member member) {
        Map<String, Object> values = RevisionValues.base(mesh);
        values.put(PROFILE, REMOTE);
        values.put("global", Map.of("externalIstiod", true));
        return layers.with(new HelmValues(values), ValuesPart.BASE, mesh, member);
    }

    HelmValues istiod(Mesh mesh, Member member, DiscoveryAddress discovery) {
        Map<String, Object> values = RevisionValues.istiod(mesh);
        values.put(PROFILE, REMOTE);
        values.put("global", global(mesh, member, discovery));
        values.put("istiodRemote", injection(member, discovery));
        return layers.with(new HelmValues(values), ValuesPart.ISTIOD, mesh, member);
    }

    /** The guide's file leaves out most of {@code global}; with it, istioctl renders what the guide's Helm commands do. */
    Map<String, Object> operator(Mesh mesh, Member member, DiscoveryAddress discovery) {
        Map<String, Object> values = RevisionValues.operator(mesh);
        values.put("istiodRemote", injection(member, discovery));
        values.put("global", global(mesh, member, discovery));
        Map<String, Object> spec = layers.operator(mesh, member);
        spec.put(PROFILE, REMOTE);
        spec.put("values", operatorValues(mesh, member, values));
        return spec;
    }

    private static Map<String, Object> global(Mesh mesh, Member member, DiscoveryAddress discovery) {
        Map<String, Object> global = MeshValues.global(mesh, member);
        global.put("configCluster", true);
        global.put("remotePilotAddress", discovery.address());
        return global;
    }

    /** Only Istio's base, until the address is known. */
    Map<String, Object> baseOperator(Mesh mesh, Member member) {
        Map<String, Object> spec = layers.operator(mesh, member);
        spec.put(PROFILE, REMOTE);
        spec.put("components", Map.of("pilot", Map.of("enabled", false)));
        spec.put("values", operatorValues(mesh, member, RevisionValues.operator(mesh)));
        return spec;
    }

    private Map<String, Object> operatorValues(Mesh mesh, Member member, Map<String, Object> owned) {
        return OperatorValues.controlPlane(
                layers.given(ValuesPart.BASE, mesh, member), layers.given(ValuesPart.ISTIOD, mesh, member), owned);
    }

    private static Map<String, Object> injection(Member member, DiscoveryAddress discovery) {
        String path = "/inject/cluster/%s/net/%s".formatted(member.istioName(), member.network());
        return discovery
                .injectionHost()
                .<Map<String, Object>>map(host -> Map.of("injectionURL", "https://%s:15017%s".formatted(host, path)))
                .orElse(Map.of("injectionPath", path));
    }
}

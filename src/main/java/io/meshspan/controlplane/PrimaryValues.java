package io.meshspan.controlplane;

import io.meshspan.manifest.MeshValues;
import io.meshspan.manifest.OperatorValues;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.Map;

/** The values of Istio's charts for a primary, as in the guide's IstioOperator file. */
final class PrimaryValues {

    private final ValuesLayers layers;

    PrimaryValues(ValuesLayers layers) {
        this.layers = layers;
    }

    HelmValues base(Mesh mesh, Member member) {
        return layers.with(new HelmValues(RevisionValues.base(mesh)), ValuesPart.BASE, mesh, member);
    }

    HelmValues istiod(Mesh mesh, Member member) {
        Map<String, Object> values = RevisionValues.istiod(mesh);
        values.put("global", global(mesh, member));
        return layers.with(new HelmValues(values), ValuesPart.ISTIOD, mesh, member);
    }

    /** The same as an IstioOperator, without the ingress gateway, which is a separate part. */
    Map<String, Object> operator(Mesh mesh, Member member) {
        Map<String, Object> values = RevisionValues.operator(mesh);
        values.put("global", global(mesh, member));
        Map<String, Object> spec = layers.operator(mesh, member);
        spec.put("profile", "minimal");
        spec.put(
                "values",
                OperatorValues.controlPlane(
                        layers.given(ValuesPart.BASE, mesh, member),
                        layers.given(ValuesPart.ISTIOD, mesh, member),
                        values));
        return spec;
    }

    private Map<String, Object> global(Mesh mesh, Member member) {
        Map<String, Object> global = MeshValues.global(mesh, member);
        Map<String, Object> networks = layers.declaredNetworks(mesh);
        if (!networks.isEmpty()) {
            global.put("meshNetworks", networks);
        }
        return global;
    }
}

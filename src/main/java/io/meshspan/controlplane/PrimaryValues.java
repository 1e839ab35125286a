package io.meshspan.controlplane;

import io.meshspan.manifest.ImageSettings;
import io.meshspan.manifest.MeshValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.Map;

/** The values of Istio's charts for a primary, as the guide's IstioOperator file has them. */
final class PrimaryValues {

    private final ImageSettings imageSettings;

    PrimaryValues(ImageSettings imageSettings) {
        this.imageSettings = imageSettings;
    }

    Map<String, Object> istiod(Mesh mesh, Member member) {
        Map<String, Object> global = new HashMap<>(imageSettings.global(mesh));
        global.putAll(MeshValues.global(mesh, member));
        Map<String, Object> values = RevisionValues.istiod(mesh);
        values.put("global", global);
        return values;
    }

    /** The same as an IstioOperator, but for the ingress gateway: that has a part of its own. */
    Map<String, Object> operator(Mesh mesh, Member member) {
        Map<String, Object> values = RevisionValues.operator(mesh);
        values.put("global", MeshValues.global(mesh, member));
        Map<String, Object> spec = imageSettings.operator(mesh);
        spec.put("profile", "minimal");
        spec.put("values", values);
        return spec;
    }
}

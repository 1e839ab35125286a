package io.meshspan.controlplane;

import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that set the revision of a control plane; empty for the default one. */
final class RevisionValues {

    private RevisionValues() {}

    static Map<String, Object> base(Mesh mesh) {
        Map<String, Object> values = new HashMap<>();
        if (mesh.revision().isNamed()) {
            values.put("defaultRevision", DefaultRevision.of(mesh));
        }
        return values;
    }

    static Map<String, Object> istiod(Mesh mesh) {
        Map<String, Object> values = new HashMap<>();
        if (mesh.revision().isNamed()) {
            values.put("revision", mesh.revision().value());
        }
        List<String> tags = DefaultRevision.tags(mesh);
        if (!tags.isEmpty()) {
            values.put("revisionTags", tags);
        }
        return values;
    }

    /** IstioOperator profiles leave the default revision's validation to {@code istioctl install}, so this sets it. */
    static Map<String, Object> operator(Mesh mesh) {
        Map<String, Object> values = istiod(mesh);
        values.remove("revision");
        values.put("defaultRevision", DefaultRevision.of(mesh));
        return values;
    }
}

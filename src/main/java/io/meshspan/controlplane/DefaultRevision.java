package io.meshspan.controlplane;

import io.meshspan.mesh.Mesh;
import java.util.List;

/**
 * Whether this control plane answers for namespaces and configuration that name no revision. One without a name does. One
 * with a name does if it bears the tag {@code default}; else it leaves that to whoever else is there.
 */
final class DefaultRevision {

    static final String DEFAULT = "default";

    private DefaultRevision() {}

    /** The charts' value {@code defaultRevision}: whose istiod validates; empty for none of ours. */
    static String of(Mesh mesh) {
        if (!mesh.revision().isNamed()) {
            return DEFAULT;
        }
        return mesh.extras().defaultTag() ? mesh.revision().value() : "";
    }

    /** The charts' value {@code revisionTags}. */
    static List<String> tags(Mesh mesh) {
        return mesh.extras().defaultTag() ? List.of(DEFAULT) : List.of();
    }
}

package io.meshspan.controlplane;

import io.meshspan.mesh.Mesh;
import java.util.List;

/**
 * Whether this control plane handles namespaces and configuration without a revision. The default control plane does. One
 * with a revision name only does if it has the tag {@code default}; otherwise it leaves them to another control plane.
 */
final class DefaultRevision {

    static final String DEFAULT = "default";

    private DefaultRevision() {}

    /** The charts' value {@code defaultRevision}: the revision whose istiod validates; empty if it is not ours. */
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

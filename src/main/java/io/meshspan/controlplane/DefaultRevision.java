package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.mesh.Mesh;
import java.util.List;

/**
 * Whether this control plane handles namespaces and configuration without a revision. The default control plane does. One
 * with a revision name only does if it has the tag {@code default}; otherwise it leaves them to another control plane.
 */
final class DefaultRevision {

    static final String DEFAULT = "default";
    private static final String VALIDATOR = "istiod-default-validator";
    private static final List<String> TAGS = List.of("istio-revision-tag-", "istiod-revision-tag-");

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

    /**
     * While an upgrade is under way, the older revision keeps what makes it the default one; the newer one gets that at the
     * end.
     */
    static <T extends HasMetadata> List<T> withheld(Mesh mesh, List<T> objects) {
        return mesh.isUpgrade()
                ? objects.stream().filter(object -> !isPart(object)).toList()
                : objects;
    }

    private static boolean isPart(HasMetadata object) {
        String name = object.getMetadata().getName();
        return name.equals(VALIDATOR) || TAGS.stream().anyMatch(name::startsWith);
    }
}

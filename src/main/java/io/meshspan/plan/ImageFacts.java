package io.meshspan.plan;

import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ChangeRequest.Found;
import org.jspecify.annotations.Nullable;

/**
 * Where the images of a requested mesh come from, in words.
 *
 * @param found null until the clusters were looked at
 */
record ImageFacts(Mesh mesh, @Nullable Found found) {

    String tag() {
        String configured = found == null ? "" : found.tag();
        return image(
                mesh.images().tag(),
                configured.equals(mesh.version().toString()) ? configured + ", that of the version" : configured,
                "that of the configuration or the version");
    }

    String hub() {
        return image(
                mesh.images().hub(),
                found == null || found.hub() == null ? "" : found.hub(),
                found == null ? "that of the configuration or of Istio's charts" : "that of Istio's charts");
    }

    private static String image(@Nullable String asked, String configured, String otherwise) {
        if (asked != null) {
            return asked + ", as asked for";
        }
        if (configured.isEmpty()) {
            return otherwise;
        }
        return configured.contains(",") ? configured : configured + ", as configured";
    }
}

package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What somebody wanted of an object, without what the API server and controllers count by themselves. */
final class UserContent {

    private static final List<String> COUNTED =
            List.of("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink");

    /** A Deployment's controller numbers its revisions. */
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private UserContent() {}

    /** @param object is changed */
    static ObjectNode of(ObjectNode object) {
        object.remove("status");
        ObjectNode metadata = object.withObject("/metadata");
        metadata.remove(COUNTED);
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(REVISION);
        }
        List.of("labels", "annotations").forEach(marks -> dropEmpty(metadata, marks));
        return object;
    }

    private static void dropEmpty(ObjectNode metadata, String marks) {
        JsonNode found = metadata.path(marks);
        if (found.isEmpty() && !found.isMissingNode()) {
            metadata.remove(marks);
        }
    }
}

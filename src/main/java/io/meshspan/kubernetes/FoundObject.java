package io.meshspan.kubernetes;

import java.util.List;
import java.util.Map;

/**
 * An object that was found in a cluster, with metadata only.
 *
 * @param managers who wrote its fields, according to {@code managedFields}
 * @param owned whether it has an owner, with which it is deleted
 * @param leaving whether it is being deleted
 */
public record FoundObject(
        ObjectRef object,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<String> managers,
        boolean owned,
        boolean leaving) {

    public FoundObject {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        managers = List.copyOf(managers);
    }
}

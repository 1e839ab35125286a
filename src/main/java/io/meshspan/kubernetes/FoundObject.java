package io.meshspan.kubernetes;

import java.util.List;
import java.util.Map;

/**
 * An object that was found in a cluster, by its metadata alone.
 *
 * @param managers who wrote fields of it, as {@code managedFields} has it
 * @param owned whether it goes with another object, its owner
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

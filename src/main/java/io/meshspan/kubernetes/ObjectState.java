package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A name for the state in which an object was seen, from its metadata alone: equal names, equal content. Where a
 * controller keeps writing the status, the generation stands for the content, with labels and annotations, which it does
 * not count.
 */
final class ObjectState {

    private static final Set<String> BUSY_STATUS = Set.of("CustomResourceDefinition", "Deployment");

    private ObjectState() {}

    static String of(String kind, ObjectMeta metadata) {
        String leaving = metadata.getDeletionTimestamp() == null ? "" : " being deleted";
        return metadata.getUid() + " " + version(kind, metadata) + leaving;
    }

    private static String version(String kind, ObjectMeta metadata) {
        if (!BUSY_STATUS.contains(kind) || metadata.getGeneration() == null) {
            return metadata.getResourceVersion();
        }
        TreeMap<String, String> marks = new TreeMap<>();
        marks.putAll(Objects.requireNonNullElseGet(metadata.getLabels(), TreeMap::new));
        marks.putAll(Objects.requireNonNullElseGet(metadata.getAnnotations(), TreeMap::new));
        return "generation %d %s"
                .formatted(metadata.getGeneration(), ContentHash.ofObject(marks).substring(0, 12));
    }
}

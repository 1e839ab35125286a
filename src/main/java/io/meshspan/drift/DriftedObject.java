package io.meshspan.drift;

import io.meshspan.difference.ContentHash;
import java.util.List;
import java.util.Map;

/**
 * One difference between the declared mesh and a cluster; most are about an object.
 *
 * @param object for example {@code Deployment istio-system/istiod}
 * @param found what the check found, in one sentence
 * @param fields if fields of the object differ
 * @param writers the field managers of the difference, as far as the cluster knows
 */
public record DriftedObject(
        Kind kind, String cluster, String object, String found, List<DriftedField> fields, List<FieldWriter> writers) {

    public DriftedObject {
        fields = List.copyOf(fields);
        writers = List.copyOf(writers);
    }

    /** What kind of drift it is. */
    public enum Kind {
        /** Fields of an object differ. */
        CHANGED,
        /** An object is gone. */
        MISSING,
        /** An object has the mesh's label, but is no longer a part of the mesh. */
        LEFTOVER,
        /** Others wrote fields into an object that Meshspan does not set. */
        FOREIGN_WRITER,
        /** A control plane does not watch a cluster. */
        NOT_SYNCED,
        CERTIFICATE_EXPIRES;
    }

    /** @param found in the cluster; a fingerprint in a Secret */
    public record DriftedField(String path, String found, String declared) {}

    /**
     * A writer, from {@code managedFields}.
     *
     * @param time ISO 8601; empty if it is not known
     */
    public record FieldWriter(String manager, String operation, String time) {}

    /** Equal for the same difference at any time. Writers and times do not count. */
    public String digest() {
        return ContentHash.ofObject(Map.of(
                "kind", kind,
                "cluster", cluster,
                "object", object,
                "found", kind == Kind.CHANGED ? "" : found,
                "fields", fields));
    }
}

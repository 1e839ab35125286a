package io.meshspan.mesh;

/** What a request says of the mesh as a whole. */
public record RequestedFields(
        Stated meshId, Stated version, Stated hub, Stated tag, Stated revision, ProfileExtras extras) {

    /** Whether nothing was said that a mesh cannot do without. */
    boolean areAbsent() {
        return meshId.isAbsent() && version.isAbsent();
    }
}

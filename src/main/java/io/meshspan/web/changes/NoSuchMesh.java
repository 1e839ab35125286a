package io.meshspan.web.changes;

/** No mesh of that ID was ever declared. */
final class NoSuchMesh extends RuntimeException {

    NoSuchMesh(String id) {
        super("No mesh %s is declared; GET /api/v1/meshes lists those that are".formatted(id));
    }
}

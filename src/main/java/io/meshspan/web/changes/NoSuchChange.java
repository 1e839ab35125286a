package io.meshspan.web.changes;

/** There is no change of that id. */
final class NoSuchChange extends RuntimeException {

    NoSuchChange(String id) {
        super("There is no change %s; GET /api/v1/changes lists the existing ones".formatted(id));
    }
}

package io.meshspan.web.changes;

/** No process of that key can be started. */
final class NoSuchProcess extends RuntimeException {

    NoSuchProcess(String key) {
        super("There is no process %s; GET /api/openapi.yaml lists the existing ones".formatted(key));
    }
}

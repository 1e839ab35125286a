package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;

/** An answer other than success, which the client gets as a Kubernetes {@code Status}. */
final class StatusBody extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final int code;
    private final String reason;

    private StatusBody(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static StatusBody badRequest(String message) {
        return new StatusBody(400, "BadRequest", message);
    }

    static StatusBody unauthorized() {
        return new StatusBody(401, "Unauthorized", "Unauthorized");
    }

    static StatusBody forbidden(String message) {
        return new StatusBody(403, "Forbidden", message);
    }

    static StatusBody notFound(String what) {
        return new StatusBody(404, "NotFound", what + " not found");
    }

    /** A path that no API serves. */
    static StatusBody noSuchResource() {
        return new StatusBody(404, "NotFound", "the server could not find the requested resource");
    }

    static StatusBody alreadyExists(String what) {
        return new StatusBody(409, "AlreadyExists", what + " already exists");
    }

    static StatusBody conflict(String message) {
        return new StatusBody(409, "Conflict", message);
    }

    static StatusBody invalid(String message) {
        return new StatusBody(422, "Invalid", message);
    }

    static StatusBody passing(int code) {
        String reason = code == 429 ? "TooManyRequests" : code == 503 ? "ServiceUnavailable" : "InternalError";
        return new StatusBody(code, reason, "the server is currently unable to handle the request");
    }

    int code() {
        return code;
    }

    Status status() {
        return new StatusBuilder()
                .withStatus("Failure")
                .withReason(reason)
                .withMessage(getMessage())
                .withCode(code)
                .build();
    }
}

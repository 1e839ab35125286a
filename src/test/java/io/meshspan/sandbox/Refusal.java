package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;

/** An answer other than success, which the client gets as a Kubernetes {@code Status}. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final int code;
    private final String reason;

    private Refusal(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message);
    }

    static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", "Unauthorized");
    }

    static Refusal forbidden(String message) {
        return new Refusal(403, "Forbidden", message);
    }

    static Refusal notFound(String what) {
        return new Refusal(404, "NotFound", what + " not found");
    }

    /** A path that no API serves. */
    static Refusal noSuchResource() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource");
    }

    static Refusal alreadyExists(String what) {
        return new Refusal(409, "AlreadyExists", what + " already exists");
    }

    static Refusal conflict(String message) {
        return new Refusal(409, "Conflict", message);
    }

    static Refusal invalid(String message) {
        return new Refusal(422, "Invalid", message);
    }

    static Refusal passing(int code) {
        String reason = code == 429 ? "TooManyRequests" : code == 503 ? "ServiceUnavailable" : "InternalError";
        return new Refusal(code, reason, "the server is currently unable to handle the request");
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

package io.meshspan.cli;

/** Exit codes of the command line; docs/automation.md lists them. */
enum CommandOutcome {
    DONE(0),
    FAILED(1),
    /** As picocli has it. */
    MISUSED(2),
    /** The service refused the request: it is invalid, or its Idempotency-Key belongs to another request. */
    REFUSED(3),
    /** Not logged in, or the role does not include this. */
    FORBIDDEN(4),
    /** The change does not exist, or does not wait for this decision. */
    CONFLICT(5),
    /** The service does not answer, or failed. */
    UNREACHABLE(6),
    /** The change has ended without success. */
    ENDED_OTHERWISE(7),
    /** The --timeout is over; the change continues. */
    STILL_RUNNING(8),
    /** After a failure, the change waits for a person's decision. */
    NEEDS_DECISION(9),
    /** With --detailed-exitcode: the plan has changes. */
    CHANGES_PLANNED(10);

    private final int code;

    CommandOutcome(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The message of an answer with an error status. */
    static CommandOutcome ofStatus(int status) {
        return switch (status) {
            case 400, 413, 415, 422 -> REFUSED;
            case 401, 403, 429 -> FORBIDDEN;
            case 404, 409 -> CONFLICT;
            default -> status >= 500 ? UNREACHABLE : FAILED;
        };
    }
}

package io.meshspan.cli;

/** Exit codes of the command line; docs/automation.md lists them. */
enum CommandOutcome {
    DONE(0),
    FAILED(1),
    /** As picocli has it. */
    MISUSED(2),
    /** The service refused the request: it makes no sense, or its Idempotency-Key is another request's. */
    REFUSED(3),
    /** Not logged in, or the role does not include this. */
    FORBIDDEN(4),
    /** There is no such change, or it does not wait for that. */
    CONFLICT(5),
    /** The service does not answer, or failed. */
    UNREACHABLE(6),
    /** The change has ended, and not as it was wanted. */
    ENDED_OTHERWISE(7),
    /** The time of --timeout is over; the change goes on. */
    STILL_RUNNING(8),
    /** The change goes on only once a person has decided after a failure. */
    NEEDS_DECISION(9),
    /** With --detailed-exitcode: the plan has something to change. */
    CHANGES_PLANNED(10);

    private final int code;

    CommandOutcome(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Of an answer with an error status. */
    static CommandOutcome ofStatus(int status) {
        return switch (status) {
            case 400, 413, 415, 422 -> REFUSED;
            case 401, 403, 429 -> FORBIDDEN;
            case 404, 409 -> CONFLICT;
            default -> status >= 500 ? UNREACHABLE : FAILED;
        };
    }
}

package io.meshspan.cli;

/** A command ends without the requested result; the message is for its user. */
final class CommandFailed extends RuntimeException {

    private final CommandOutcome outcome;

    CommandFailed(CommandOutcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    CommandOutcome outcome() {
        return outcome;
    }
}

package io.meshspan.cli;

/** What a command ends with, other than what it was asked for; its message is for whoever called it. */
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

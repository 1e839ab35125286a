package io.meshspan.engine.incident;

/** The diagram has no path to a person for this failure. */
public final class NoErrorPath extends RuntimeException {

    static final String WORDS = "There is no decision to take on this step: its diagram only goes on when it succeeds."
            + " Repair the cause and have it tried again; an administrator may delete the change";

    NoErrorPath() {
        super(WORDS);
    }
}

package io.meshspan.engine.incident;

/** The diagram has no path to a person for this failure. */
public final class NoErrorPath extends RuntimeException {

    static final String WORDS =
            "No decision is possible at this step: its diagram continues only when it succeeds. Fix the "
                    + "cause and retry the step; an administrator can delete the change";

    NoErrorPath() {
        super(WORDS);
    }
}

package io.meshspan.crash;

/**
 * @param step process and activity, and for a wait its condition
 * @param calls how many calls to the clusters it made, or began, in an undisturbed run
 */
record KillPoint(String step, int calls) {

    /** A step that calls nobody has no inside that could be told from the outside. */
    boolean has(Moment moment) {
        return (moment != Moment.INSIDE && moment != Moment.GOING_ON) || calls > 0;
    }

    /** The call that is its last, if it is killed inside. */
    int last() {
        return Math.max(1, (calls + 1) / 2);
    }
}

package io.meshspan.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a change stands. While it runs, the engine tells; of several things at a time the one that is declared first counts.
 * Once it has ended, its outcome tells.
 */
public enum ChangeState {
    /** An administrator has suspended it. */
    SUSPENDED,
    /** A step failed and no attempt is left: an operator has it tried again, or asks how to go on. */
    STUCK_WITH_INCIDENT,
    WAITING_FOR_DECISION,
    WAITING_FOR_APPROVAL,
    /** A step failed and is tried again by itself. */
    RETRYING,
    WORKING,
    /** For something that a cluster does by itself, such as giving a gateway its address. */
    WAITING_FOR_CLUSTER,
    /** Another change has one of its clusters. */
    WAITING_FOR_OTHER_CHANGE,

    /** Only a plan was asked for, and it is on record. */
    PLANNED("Plan computed"),
    /** Only a plan was asked for, and something stands in the way of one. */
    PLAN_FAILED("Plan failed"),
    VERIFIED("Mesh verified"),
    VERIFICATION_FAILED("Verification failed", "Mesh not verified"),
    RESULT_NOT_ACCEPTED("Result not accepted"),
    /** A mesh, or some of its clusters, was taken away. Earlier versions called this end "Mesh removed". */
    REMOVED("Removal complete", "Clusters taken out", "Mesh removed"),
    REJECTED("Change rejected", "Changed plan rejected"),
    APPROVAL_EXPIRED("Approval expired"),
    ROLLED_BACK("Change rolled back"),
    ROLL_BACK_STOPPED("Roll back stopped"),
    STOPPED("Change stopped"),
    DELETED("Deleted"),
    /** It has ended in a way that only its outcome tells, as a diagram of another version names it. */
    ENDED_OTHERWISE;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> ends;

    ChangeState(String... ends) {
        this.ends = List.of(ends);
    }

    /** @param outcome the name of an end, as diagrams have it, with or without the clusters that were left out */
    public static ChangeState ended(String outcome) {
        return Arrays.stream(values())
                .filter(state -> state.ends.stream().anyMatch(outcome::startsWith))
                .findFirst()
                .orElse(ENDED_OTHERWISE);
    }

    /** Whether a change in this state still runs. */
    public boolean runs() {
        return ends.isEmpty() && this != ENDED_OTHERWISE;
    }

    /** For example {@code waiting for approval}. */
    public String inWords() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** With what the outcomes of such changes begin; nothing while they run. */
    List<String> ends() {
        return ends;
    }

    static List<String> allEnds() {
        return Arrays.stream(values()).flatMap(state -> state.ends.stream()).toList();
    }
}

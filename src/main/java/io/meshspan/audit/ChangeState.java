package io.meshspan.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The state of a change. While it runs, the engine knows it. If several states apply, the one declared first counts. After
 * its end, its outcome determines it.
 */
public enum ChangeState {
    /** An administrator has suspended it. */
    SUSPENDED,
    /** A step failed and has no retries left: an operator retries it, or has a person asked. */
    STUCK_WITH_INCIDENT,
    WAITING_FOR_DECISION,
    WAITING_FOR_APPROVAL,
    /** A step failed, and the engine retries it. */
    RETRYING,
    WORKING,
    /** For something that a cluster does, for example giving a gateway its address. */
    WAITING_FOR_CLUSTER,
    /** Another change holds one of its clusters. */
    WAITING_FOR_OTHER_CHANGE,

    /** Only a plan was asked for, and it is on record. */
    PLANNED("Plan computed"),
    /** Only a plan was requested, and something prevents it. */
    PLAN_FAILED("Plan failed"),
    VERIFIED("Mesh verified"),
    VERIFICATION_FAILED("Verification failed", "Mesh not verified"),
    RESULT_NOT_ACCEPTED("Result not accepted"),
    /** A mesh, or some of its clusters, was removed. Earlier versions called this end "Mesh removed". */
    REMOVED("Removal complete", "Clusters taken out", "Mesh removed"),
    REJECTED("Change rejected", "Changed plan rejected"),
    APPROVAL_EXPIRED("Approval expired"),
    /** Its requester took it back before anything was written. */
    WITHDRAWN("Change withdrawn"),
    ROLLED_BACK("Change rolled back"),
    ROLL_BACK_STOPPED("Roll back stopped"),
    STOPPED("Change stopped"),
    /** A drift is gone: the mesh is as declared. */
    AS_DECLARED("Mesh as declared"),
    /** A person leaves a drift as it is, for good or until a date. */
    DRIFT_LEFT("Drift accepted", "Drift ignored"),
    DRIFT_NOT_CHECKED("Drift not checked"),
    /** Another change took the clusters before a scheduled verification did. */
    VERIFICATION_SKIPPED("Verification skipped"),
    /** Credentials that ended soon do not any more. */
    RENEWED("Credentials renewed"),
    /** A person renews them later. */
    RENEWAL_DEFERRED("Renewal deferred"),
    EXPIRY_NOT_CHECKED("Expiry not checked"),
    DELETED("Deleted"),
    /** It ended with an outcome that this version does not know, from a diagram of another version. */
    ENDED_OTHERWISE;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> ends;

    ChangeState(String... ends) {
        this.ends = List.of(ends);
    }

    /** @param outcome the name of an end in the diagrams, with or without the excluded clusters */
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

    /** The prefixes of the outcomes of such changes; empty while they run. */
    List<String> ends() {
        return ends;
    }

    static List<String> allEnds() {
        return Arrays.stream(values()).flatMap(state -> state.ends.stream()).toList();
    }
}

package io.meshspan.audit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a change.
 *
 * @param change the id of the topmost process instance
 * @param step the name of the activity in the diagram
 * @param actor the person, or null for the service itself
 * @param what the object or the decision
 * @param result for example CREATED, or APPROVED
 * @param detail text for people, of any length
 * @param data the same for programs, as JSON
 */
public record AuditRecord(
        RecordKind kind,
        String change,
        String mesh,
        String step,
        @Nullable String actor,
        @Nullable String cluster,
        String what,
        String result,
        @Nullable String detail,
        @Nullable String data) {

    /** Decisions that let a change start or refuse it. All other decisions are about how it continues. */
    private static final Set<String> GATES = Set.of("APPROVED", "REJECTED", "COMPLETED");

    /** A cluster that the change excluded, and one that another change took. */
    private static final Set<String> AWRY = Set.of("LEFT_OUT", "LOST");

    private static final int LONGEST_WHAT = 512;
    private static final int LONGEST_RESULT = 64;

    public AuditRecord {
        what = shortened(what, LONGEST_WHAT);
        result = shortened(result, LONGEST_RESULT);
    }

    /** A note, without data. */
    public AuditRecord(
            String change,
            String mesh,
            String step,
            @Nullable String actor,
            @Nullable String cluster,
            String what,
            String result,
            @Nullable String detail) {
        this(RecordKind.NOTE, change, mesh, step, actor, cluster, what, result, detail, null);
    }

    /** Whether it is about a failure, or about a person who influenced the change. */
    public boolean tellsOfFailureOrIntervention() {
        return switch (kind) {
            case FAILED, INCIDENT, OPERATION -> true;
            case MEASURED -> result.equals("NOT_VERIFIED");
            case DECIDED -> !GATES.contains(result);
            case NOTE -> AWRY.contains(result);
            default -> false;
        };
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }
}

package io.meshspan.audit;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a change.
 *
 * @param change the id of the topmost process instance
 * @param step the name of the activity, as the diagram has it
 * @param actor the person, or null for the service itself
 * @param what the object or the decision
 * @param result for example CREATED, or APPROVED
 * @param detail text for people, of any length
 * @param data the same for programs, in JSON
 */
public record AuditRecord(
        Kind kind,
        String change,
        String mesh,
        String step,
        @Nullable String actor,
        @Nullable String cluster,
        String what,
        String result,
        @Nullable String detail,
        @Nullable String data) {

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
        this(Kind.NOTE, change, mesh, step, actor, cluster, what, result, detail, null);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }
}

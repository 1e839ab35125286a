package io.meshspan.audit;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a change.
 *
 * @param change the id of the topmost process instance
 * @param step the name of the activity, as the diagram has it
 * @param actor the person, or null for the service itself
 * @param what the object or the decision
 * @param result for example CREATED, or approved
 */
public record AuditRecord(
        String change,
        String mesh,
        String step,
        @Nullable String actor,
        @Nullable String cluster,
        String what,
        String result,
        @Nullable String detail) {}

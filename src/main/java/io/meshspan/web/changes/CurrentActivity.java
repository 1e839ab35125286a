package io.meshspan.web.changes;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a running change does or waits for now.
 *
 * @param process the key of the process in whose diagram the step stands
 * @param since for a wait, when it began; a renewed watch does not count
 * @param waitingFor in words, for example {@code load balancer address of cluster2}
 * @param until when a person is asked
 * @param task the task's id, if a person must act
 * @param assignee who holds the task
 * @param deciders groups of which somebody may take the task
 * @param fault what its last attempt failed with, if it did and nobody is at the next one
 */
record CurrentActivity(
        String process,
        String definition,
        String instance,
        String activity,
        String step,
        @Nullable String cluster,
        Instant since,
        @Nullable String waitingFor,
        @Nullable Instant until,
        @Nullable String task,
        @Nullable String assignee,
        List<String> deciders,
        @Nullable StepFault fault) {}

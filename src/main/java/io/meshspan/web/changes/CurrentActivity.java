package io.meshspan.web.changes;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a running change does or waits for now.
 *
 * @param process the key of the process whose diagram has the step
 * @param since the start of a wait; renewing its watch does not change it
 * @param waitingFor as text, for example {@code load balancer address of cluster2}
 * @param until the time limit of a wait; also for a person
 * @param task the task's id, if a person must act
 * @param assignee the person who holds the task
 * @param deciders groups whose members may take the task
 * @param fault why its last attempt failed, if it did and the next one has not started
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

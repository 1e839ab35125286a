package io.meshspan.approval;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people are asked at this moment, in all changes. */
public interface OpenTasks {

    /**
     * A question to a person.
     *
     * @param name as the diagram has it
     * @param process the key of the process that asks
     * @param approval whether it is an approval; if not, it asks how to go on after a failure, or about a finding
     * @param expires when the change goes on without an answer; null if it waits for ever
     */
    record OpenTask(
            String id,
            String change,
            String name,
            String process,
            boolean approval,
            Instant asked,
            @Nullable Instant expires) {}

    List<OpenTask> all();
}

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
     * @param approval whether it is an approval; if not, it asks how to go on after a failure
     * @param expires when the change goes on without an answer; null if it waits for ever
     */
    record OpenTask(
            String id,
            String change,
            String name,
            boolean approval,
            Instant asked,
            @Nullable Instant expires) {}

    List<OpenTask> all();
}

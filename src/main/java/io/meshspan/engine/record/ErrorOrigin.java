package io.meshspan.engine.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Where the BPMN error of this thread was thrown: the engine only tells the catching event the border of the sub-process. An
 * error is thrown and caught within one call of the engine, so a thread local is enough.
 */
public final class ErrorOrigin {

    /** The activity that threw the error, or called the process that did, by process instance. */
    private static final ThreadLocal<Map<String, String>> ORIGIN = ThreadLocal.withInitial(Map::of);

    private ErrorOrigin() {}

    /** Called before the error is thrown. */
    public static void note(DelegateExecution thrower) {
        Map<String, String> activities = new HashMap<>();
        ExecutionEntity level = (ExecutionEntity) thrower;
        while (level != null) {
            activities.put(level.getProcessInstanceId(), level.getActivityId());
            level = level.getProcessInstance().getSuperExecution();
        }
        ORIGIN.set(activities);
    }

    /** The id of the activity in the process instance of the event that caught the error. */
    static Optional<String> in(DelegateExecution caught) {
        Optional<String> activity = Optional.ofNullable(ORIGIN.get().get(caught.getProcessInstanceId()));
        ORIGIN.remove();
        return activity;
    }
}

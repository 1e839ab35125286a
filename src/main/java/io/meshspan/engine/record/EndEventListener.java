package io.meshspan.engine.record;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Notes the end event that a change reached inside an event sub-process. When the change ends, the engine only knows the
 * sub-process.
 */
final class EndEventListener implements ExecutionListener {

    private static final String VARIABLE = "outcome";

    @Override
    public void notify(DelegateExecution end) {
        ((ExecutionEntity) end).getProcessInstance().setVariable(VARIABLE, ExecutionRecord.stepOf(end));
    }

    static String of(DelegateExecution change) {
        return change.getVariable(VARIABLE) instanceof String within ? within : ExecutionRecord.stepOf(change);
    }
}

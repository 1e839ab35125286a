package io.meshspan.process.engine;

import io.meshspan.process.model.LongText;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Beside the variables, the engine keeps each text that a form submits once more, in the column for strings. What is
 * longer is kept there shortened; the variable has it whole.
 */
final class FormHistory extends CacheAwareHistoryEventProducer {

    @Override
    public HistoryEvent createFormPropertyUpdateEvt(
            ExecutionEntity execution, String property, String value, String taskId) {
        return super.createFormPropertyUpdateEvt(execution, property, LongText.shortened(value), taskId);
    }
}

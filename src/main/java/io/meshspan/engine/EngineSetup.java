package io.meshspan.engine;

import io.meshspan.engine.model.LongText;
import io.meshspan.node.StepsInFlight;
import io.meshspan.tracing.ChangeTracer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.variable.serializer.AbstractTypedValueSerializer;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.impl.value.UntypedValueImpl;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the engine needs beyond its properties. Runs last, so that a decision is checked before it is recorded. */
@Component
@Order
final class EngineSetup extends AbstractProcessEnginePlugin {

    private final DecisionRecorder decisions;
    private final StepGuard beforeStep;
    private final List<ExecutionListener> atEnd;
    private final ObjectProvider<StepsInFlight> steps;
    private final ObjectProvider<ChangeTracer> tracer;

    EngineSetup(
            DecisionRecorder decisions,
            StepGuard beforeStep,
            List<ExecutionListener> atEnd,
            ObjectProvider<StepsInFlight> steps,
            ObjectProvider<ChangeTracer> tracer) {
        this.steps = steps;
        this.tracer = tracer;
        this.decisions = decisions;
        this.beforeStep = beforeStep;
        this.atEnd = atEnd;
    }

    @Override
    @SuppressWarnings("NullAway") // the engine leaves the list null until somebody sets it
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setDelegateInterceptor(new FailureTranslation(steps, tracer));
        configuration.setCustomPreVariableSerializers(List.of(new LongStringSerializer()));
        configuration.setHistoryEventProducer(new FormHistory());
        // An error that no diagram expects becomes an incident. By the engine's default, the process would end as if it
        // had
        // succeeded.
        configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
        List<BpmnParseListener> present = configuration.getCustomPostBPMNParseListeners();
        List<BpmnParseListener> all = present == null ? new ArrayList<>() : new ArrayList<>(present);
        all.add(new RecordedProcesses(decisions, beforeStep, atEnd));
        configuration.setCustomPostBPMNParseListeners(all);
    }

    /**
     * The engine stores each submitted text twice: as a variable and in the history column for strings. That column gets a
     * shortened text if it is too long; the variable keeps the whole text.
     */
    private static final class FormHistory extends CacheAwareHistoryEventProducer {

        @Override
        public HistoryEvent createFormPropertyUpdateEvt(
                ExecutionEntity execution, String property, String value, String taskId) {
            return super.createFormPropertyUpdateEvt(execution, property, LongText.shortened(value), taskId);
        }
    }

    /**
     * Stores texts that are longer than the column for strings as bytes. They remain variables of type String. So a mesh
     * file of any length can be submitted, and a text that is too long is refused with a message, not by the database.
     */
    private static final class LongStringSerializer extends AbstractTypedValueSerializer<StringValue> {

        private static final int COLUMN = 4000;

        LongStringSerializer() {
            super(ValueType.STRING);
        }

        @Override
        public String getName() {
            return "longString";
        }

        @Override
        protected boolean canWriteValue(TypedValue value) {
            return value.getValue() instanceof String text && text.length() > COLUMN;
        }

        @Override
        public StringValue convertToTypedValue(UntypedValueImpl untyped) {
            return Variables.stringValue((String) untyped.getValue(), untyped.isTransient());
        }

        @Override
        public void writeValue(StringValue value, ValueFields fields) {
            fields.setByteArrayValue(value.getValue().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public StringValue readValue(ValueFields fields, boolean deserialize, boolean isTransient) {
            return Variables.stringValue(new String(fields.getByteArrayValue(), StandardCharsets.UTF_8), isTransient);
        }
    }
}

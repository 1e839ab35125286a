package io.meshspan.process.engine;

import io.meshspan.process.engine.node.StepsInFlight;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the engine needs beyond its properties. Comes last, so that a decision is checked before it is written down. */
@Component
@Order
final class EngineSetup extends AbstractProcessEnginePlugin {

    private final DecisionRecorder decisions;
    private final StepGuard beforeStep;
    private final List<ExecutionListener> atEnd;
    private final ObjectProvider<StepsInFlight> steps;

    EngineSetup(
            DecisionRecorder decisions,
            StepGuard beforeStep,
            List<ExecutionListener> atEnd,
            ObjectProvider<StepsInFlight> steps) {
        this.steps = steps;
        this.decisions = decisions;
        this.beforeStep = beforeStep;
        this.atEnd = atEnd;
    }

    @Override
    @SuppressWarnings("NullAway") // the engine leaves the list null until somebody sets it
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setDelegateInterceptor(new FailureTranslation(steps));
        configuration.setCustomPreVariableSerializers(List.of(new LongStringSerializer()));
        configuration.setHistoryEventProducer(new FormHistory());
        // An error that no diagram expects becomes an incident; the engine's default ends the process as if all were
        // well.
        configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
        List<BpmnParseListener> present = configuration.getCustomPostBPMNParseListeners();
        List<BpmnParseListener> all = present == null ? new ArrayList<>() : new ArrayList<>(present);
        all.add(new RecordedProcesses(decisions, beforeStep, atEnd));
        configuration.setCustomPostBPMNParseListeners(all);
    }
}

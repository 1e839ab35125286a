package io.meshspan.engine.record;

import io.meshspan.audit.AuditLog;
import io.meshspan.declared.MeshDeclarations;
import io.meshspan.plan.ExcludedClustersText;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes the engine report what happens, in the same transaction. */
@Component
final class RecordSetup extends AbstractProcessEnginePlugin {

    private final RecordedActivities activities;
    private final RecordedHistory history;

    RecordSetup(
            ObjectProvider<AuditLog> audit,
            ObjectProvider<ExcludedClustersText> leftOut,
            ObjectProvider<MeshDeclarations> declarations) {
        this.activities = new RecordedActivities(audit, leftOut, declarations);
        this.history = new RecordedHistory(audit);
    }

    @Override
    @SuppressWarnings("NullAway") // the engine leaves the list null until somebody sets it
    public void preInit(ProcessEngineConfigurationImpl engine) {
        List<BpmnParseListener> parsing = engine.getCustomPostBPMNParseListeners();
        List<BpmnParseListener> all = parsing == null ? new ArrayList<>() : new ArrayList<>(parsing);
        all.add(activities);
        engine.setCustomPostBPMNParseListeners(all);
        List<HistoryEventHandler> handlers = new ArrayList<>(engine.getCustomHistoryEventHandlers());
        handlers.add(history);
        engine.setCustomHistoryEventHandlers(handlers);
    }
}

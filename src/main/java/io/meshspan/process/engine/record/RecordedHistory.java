package io.meshspan.process.engine.record;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricJobLogEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Writes down what no listener in a diagram hears of: failed attempts, incidents, and people who step in. It is no bean:
 * the engine would get it twice.
 */
final class RecordedHistory implements HistoryEventHandler {

    private final ObjectProvider<AuditLog> audit;

    RecordedHistory(ObjectProvider<AuditLog> audit) {
        this.audit = audit;
    }

    @Override
    public void handleEvent(HistoryEvent event) {
        if (event.getRootProcessInstanceId() != null) {
            record(event).ifPresent(audit.getObject()::write);
        }
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        events.forEach(this::handleEvent);
    }

    private static Optional<AuditRecord> record(HistoryEvent event) {
        if (event instanceof HistoricJobLogEvent job) {
            return Failures.attempt(job);
        }
        if (event instanceof HistoricIncidentEventEntity incident) {
            return Failures.incident(incident);
        }
        if (event instanceof UserOperationLogEntryEventEntity operation) {
            return Operations.record(operation);
        }
        return Optional.empty();
    }
}

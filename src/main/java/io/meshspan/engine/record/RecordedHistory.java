package io.meshspan.engine.record;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricJobLogEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Records what no diagram listener sees: failed attempts, incidents, and actions of people. It is not a bean, because the
 * engine would register it twice.
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

    /** What people did to a running change, other than decide: retries, variables, suspension, deletion. */
    private static final class Operations {

        /** The request and the decisions are recorded elsewhere; the holder of a task changes nothing. */
        private static final Set<String> KNOWN = Set.of(
                UserOperationLogEntry.OPERATION_TYPE_CREATE,
                UserOperationLogEntry.OPERATION_TYPE_CLAIM,
                UserOperationLogEntry.OPERATION_TYPE_ASSIGN,
                UserOperationLogEntry.OPERATION_TYPE_COMPLETE);

        private Operations() {}

        static Optional<AuditRecord> record(UserOperationLogEntryEventEntity operation) {
            return operation.getUserId() == null || KNOWN.contains(operation.getOperationType())
                    ? Optional.empty()
                    : Optional.of(described(operation));
        }

        /** Names the property, not its value: a variable can contain anything. */
        private static AuditRecord described(UserOperationLogEntryEventEntity operation) {
            EventLocation eventLocation = EventLocation.of(operation, null);
            return new AuditRecord(
                    RecordKind.OPERATION,
                    operation.getRootProcessInstanceId(),
                    eventLocation.mesh(),
                    eventLocation.step(),
                    operation.getUserId(),
                    eventLocation.cluster(),
                    "%s of %s".formatted(operation.getProperty(), operation.getEntityType()),
                    operation.getOperationType(),
                    operation.getAnnotation(),
                    null);
        }
    }
}

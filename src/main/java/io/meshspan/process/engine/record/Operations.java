package io.meshspan.process.engine.record;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;

/** What people did to a running change besides deciding: retries, variables, suspension, deletion. */
final class Operations {

    /** Written down by others, the request and the decisions; who holds a task changes nothing. */
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

    /** Names the property, not its value: a variable may hold anything. */
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

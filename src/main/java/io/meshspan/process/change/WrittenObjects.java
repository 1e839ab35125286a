package io.meshspan.process.change;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.kubernetes.ApplyOutcome;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** For the diagrams: whether a change has written something that a roll back could restore. */
@Component("written")
public final class WrittenObjects {

    private static final Set<String> NOT_WRITTEN = Stream.of(ApplyOutcome.values())
            .filter(outcome -> !outcome.isWritten())
            .map(ApplyOutcome::name)
            .collect(Collectors.toUnmodifiableSet());

    private final Changes changes;

    WrittenObjects(Changes changes) {
        this.changes = changes;
    }

    public boolean anything(DelegateExecution execution) {
        return changes.of(ChangeId.of(execution)).stream()
                .map(ChainedRecord::record)
                .anyMatch(WrittenObjects::written);
    }

    private static boolean written(AuditRecord record) {
        return record.kind() == RecordKind.OBJECT && !NOT_WRITTEN.contains(record.result());
    }
}

package io.meshspan.metrics;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.RecordListener;
import io.meshspan.tracing.ChangeTracer;
import io.meshspan.tracing.ChangeTracer.EndedWork;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Adds long spans to the trace of a change, from its records: the change itself, called processes, and user tasks.
 * Attempts of service tasks are added while they run (ADR 21).
 */
@Component
final class RecordedSpans implements RecordListener {

    private final ChangeTracer tracer;
    private final Changes changes;

    RecordedSpans(ChangeTracer tracer, Changes changes) {
        this.tracer = tracer;
        this.changes = changes;
    }

    @Override
    public void committed(List<AuditRecord> records) {
        for (AuditRecord record : records) {
            RecordedStep.of(record)
                    .filter(step -> !step.kind().equals("serviceTask"))
                    .ifPresent(step -> tracer.add(work(step)));
            if (record.kind() == RecordKind.ENDED) {
                changes.find(record.change()).ifPresent(this::ended);
            }
        }
    }

    private static EndedWork work(RecordedStep step) {
        AuditRecord record = step.record();
        return new EndedWork(
                record.change(),
                record.mesh(),
                record.cluster(),
                record.step(),
                step.id(),
                step.caller(),
                step.started(),
                step.ended(),
                false,
                Map.of("meshspan.process", step.process(), "meshspan.result", record.result()));
    }

    private void ended(ChangeSummary change) {
        if (change.ended() != null && change.outcome() != null) {
            tracer.add(new EndedWork(
                    change.id(),
                    change.mesh(),
                    null,
                    change.process(),
                    null,
                    null,
                    change.started(),
                    change.ended(),
                    false,
                    Map.of("meshspan.outcome", ChangeMeters.outcome(change.outcome()))));
        }
    }
}

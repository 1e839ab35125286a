package io.meshspan.metrics;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChangeState;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Counts events of changes, from their records. Each record is counted once, on the node that wrote it: the sum over
 * all nodes is correct.
 */
@Component
final class ChangeMeters implements RecordListener {

    private static final String STEP = "step";

    private final MeterRegistry registry;
    private final Changes changes;

    ChangeMeters(MeterRegistry registry, Changes changes) {
        this.registry = registry;
        this.changes = changes;
    }

    @Override
    public void committed(List<AuditRecord> records) {
        records.forEach(this::count);
    }

    private void count(AuditRecord record) {
        switch (record.kind()) {
            case REQUESTED ->
                count("meshspan.changes.requested", "Changes that were asked for", "process", record.what());
            case STEP -> RecordedStep.of(record).ifPresent(this::step);
            case FAILED -> failed(record);
            case INCIDENT -> incident(record);
            case DECIDED ->
                count(
                        "meshspan.decisions",
                        "Decisions that people took",
                        "task",
                        record.step(),
                        "result",
                        record.result());
            case ENDED -> changes.find(record.change()).ifPresent(this::ended);
            default -> {
                // Records of objects and measurements are not counted.
            }
        }
    }

    private void step(RecordedStep step) {
        Timer.builder("meshspan.step.duration")
                .description("Time from the begin of a step to its end, waits for people and clusters included")
                .tag("process", step.process())
                .tag(STEP, step.record().step())
                .tag("kind", step.kind())
                .tag("result", step.record().result())
                .register(registry)
                .record(step.duration());
    }

    private void failed(AuditRecord record) {
        if (record.result().equals("ATTEMPT_FAILED")) {
            count(
                    "meshspan.step.attempts.failed",
                    "Attempts of steps that failed; the engine tries the step again",
                    STEP,
                    record.step());
        } else {
            count(
                    "meshspan.step.failures",
                    "Steps that failed with something that a person must weigh",
                    STEP,
                    record.step(),
                    "code",
                    record.result());
        }
    }

    private void incident(AuditRecord record) {
        if (record.result().equals("OPEN")) {
            count("meshspan.incidents.opened", "Steps that have no attempt left", STEP, record.step());
        }
    }

    private void ended(ChangeSummary change) {
        if (change.ended() != null && change.outcome() != null) {
            Timer.builder("meshspan.change.duration")
                    .description("Time from the request for a change to its end")
                    .tag("process", change.process())
                    .tag("outcome", outcome(change.outcome()))
                    .register(registry)
                    .record(Duration.between(change.started(), change.ended()));
        }
    }

    /** Without the names of excluded clusters, which would be one series each. */
    static String outcome(String outcome) {
        return ChangeState.ended(outcome).name().toLowerCase(Locale.ROOT);
    }

    private void count(String name, String description, String... tags) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment();
    }
}

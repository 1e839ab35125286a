package io.meshspan.engine.record;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import java.util.Optional;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricJobLogEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.jspecify.annotations.Nullable;

/** Failed attempts and their results. {@code FailureTranslation} has removed secrets from their texts. */
final class Failures {

    private Failures() {}

    static Optional<AuditRecord> attempt(HistoricJobLogEvent job) {
        String left = "%d attempts left".formatted(Math.max(0, job.getJobRetries() - 1));
        return job.isFailureLog()
                ? Optional.of(record(
                        RecordKind.FAILED,
                        job,
                        job.getActivityId(),
                        left,
                        "ATTEMPT_FAILED",
                        job.getJobExceptionMessage()))
                : Optional.empty();
    }

    /** Each caller of a failed process gets its own incident: only the first one counts. */
    static Optional<AuditRecord> incident(HistoricIncidentEventEntity incident) {
        boolean first = incident.getId().equals(incident.getRootCauseIncidentId());
        return first
                ? Optional.of(record(
                        RecordKind.INCIDENT,
                        incident,
                        incident.getActivityId(),
                        incident.getIncidentType(),
                        state(incident),
                        incident.getIncidentMessage()))
                : Optional.empty();
    }

    private static String state(HistoricIncidentEventEntity incident) {
        if (incident.isOpen()) {
            return "OPEN";
        }
        return incident.isResolved() ? "RESOLVED" : "DELETED";
    }

    private static AuditRecord record(
            RecordKind recordKind,
            HistoryEvent event,
            @Nullable String activity,
            String what,
            String result,
            @Nullable String detail) {
        EventLocation eventLocation = EventLocation.of(event, activity);
        String change = event.getRootProcessInstanceId();
        String actor = recordKind == RecordKind.INCIDENT ? ExecutionRecord.actor() : null;
        return new AuditRecord(
                recordKind,
                change,
                eventLocation.mesh(),
                eventLocation.step(),
                actor,
                eventLocation.cluster(),
                what,
                result,
                detail,
                null);
    }
}

package io.meshspan.notification;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChangeState;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.RecordListener;
import io.meshspan.verification.VerificationHistory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds notices about changes to the outbox, in the transaction in which the event happens. */
@Component
public class ChangeNotices implements RecordListener {

    private final Outbox outbox;
    private final Changes changes;

    ChangeNotices(Outbox outbox, Changes changes) {
        this.outbox = outbox;
        this.changes = changes;
    }

    @Override
    public void beforeCommit(List<AuditRecord> records) {
        for (AuditRecord record : records) {
            if (record.kind() == RecordKind.ENDED) {
                ended(record);
            } else if (record.kind() == RecordKind.INCIDENT && record.result().equals("OPEN")) {
                incident(record);
            }
        }
    }

    /**
     * A person is asked.
     *
     * @param type an approval, a decision how to go on after a failure, or a choice of what comes next
     * @param cluster the one at which a step failed, if it is one
     */
    public void asked(String task, String name, EventType type, String change, String mesh, @Nullable String cluster) {
        Map<String, String> data = data(change, mesh, cluster);
        data.put("task", task);
        data.put("question", name);
        outbox.add(new Notice(
                "%s/%s".formatted(type.type(), task),
                type,
                Instant.now(),
                change,
                change,
                words(type).formatted(mesh, name),
                Notice.taskPath(task),
                data));
    }

    private static String words(EventType asked) {
        return switch (asked) {
            case APPROVAL_WAITING -> "%s: \"%s\" waits for an approval";
            case CHOICE_WAITING -> "%s: a part of the change is done; \"%s\" waits for an operator";
            default -> "%s: a step failed; \"%s\" waits for an operator";
        };
    }

    /**
     * A person is asked about a drift; told once for each drift that a process finds.
     *
     * @param digest of the drift
     * @param summary how much it is, in a few words
     */
    public void drifted(String task, String change, String mesh, String digest, String summary) {
        Map<String, String> data = data(change, mesh, null);
        data.put("task", task);
        data.put("drift", digest);
        data.put("summary", summary);
        outbox.add(new Notice(
                "%s/%s/%s".formatted(EventType.DRIFT.type(), change, digest),
                EventType.DRIFT,
                Instant.now(),
                change,
                mesh,
                "%s is not as declared: %s".formatted(mesh, summary),
                Notice.taskPath(task),
                data));
    }

    /**
     * The first of scheduled verifications in a row that failed, or the first verification after them that passed.
     *
     * @param pairs the pairs of clusters whose calls were not answered, for example {@code cluster1 to cluster2}
     */
    public void verified(String mesh, long run, @Nullable String change, boolean passed, List<String> pairs) {
        EventType type = passed ? EventType.VERIFICATION_RECOVERED : EventType.VERIFICATION_FAILED;
        Map<String, String> data = change == null ? new LinkedHashMap<>() : data(change, mesh, null);
        data.put("mesh", mesh);
        data.put("verification", String.valueOf(run));
        if (!pairs.isEmpty()) {
            data.put("pairs", String.join(", ", pairs));
        }
        outbox.add(new Notice(
                "%s/%s/%d".formatted(type.type(), mesh, run),
                type,
                Instant.now(),
                mesh,
                mesh,
                passed
                        ? "%s: calls across clusters work again".formatted(mesh)
                        : "%s: a scheduled verification failed".formatted(mesh),
                Notice.meshPath(mesh),
                data));
    }

    /**
     * A person is asked to renew what ends soon; told once for each task.
     *
     * @param summary what ends when, in a few words
     */
    public void expiring(String task, String change, String mesh, String summary) {
        Map<String, String> data = data(change, mesh, null);
        data.put("task", task);
        data.put("summary", summary);
        outbox.add(new Notice(
                "%s/%s".formatted(EventType.CERTIFICATE_EXPIRING.type(), task),
                EventType.CERTIFICATE_EXPIRING,
                Instant.now(),
                change,
                mesh,
                "%s: %s; an operator decides".formatted(mesh, summary),
                Notice.taskPath(task),
                data));
    }

    private void ended(AuditRecord record) {
        if (isScheduledVerification(record.change())) {
            return;
        }
        Map<String, String> data = data(record.change(), record.mesh(), null);
        data.put("outcome", record.result());
        data.put("state", ChangeState.ended(record.result()).name());
        outbox.add(new Notice(
                "%s/%s".formatted(EventType.CHANGE_ENDED.type(), record.change()),
                EventType.CHANGE_ENDED,
                Instant.now(),
                record.change(),
                record.change(),
                "%s: the change has ended: %s".formatted(record.mesh(), record.result()),
                Notice.changePath(record.change()),
                data));
    }

    /** Receivers are told when its result differs from the one before, not each night. */
    private boolean isScheduledVerification(String change) {
        return changes.find(change)
                .filter(known -> known.process().equals(VerificationHistory.SCHEDULE))
                .isPresent();
    }

    private void incident(AuditRecord record) {
        Map<String, String> data = data(record.change(), record.mesh(), record.cluster());
        data.put("step", record.step());
        outbox.add(new Notice(
                "%s/%s".formatted(EventType.INCIDENT_OPENED.type(), UUID.randomUUID()),
                EventType.INCIDENT_OPENED,
                Instant.now(),
                record.change(),
                record.change(),
                "%s: \"%s\" failed and has no attempt left".formatted(record.mesh(), record.step()),
                Notice.changePath(record.change()),
                data));
    }

    private Map<String, String> data(String change, String mesh, @Nullable String cluster) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("mesh", mesh);
        Optional<ChangeSummary> known = changes.find(change);
        known.ifPresent(summary -> data.put("process", summary.process()));
        known.map(ChangeSummary::requester).ifPresent(requester -> data.put("requester", requester));
        data.put("change", change);
        if (cluster != null) {
            data.put("cluster", cluster);
        }
        return data;
    }
}

package io.meshspan.notification;

import io.meshspan.approval.OpenTasks;
import io.meshspan.approval.OpenTasks.OpenTask;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.metrics.CertificateExpiry;
import io.meshspan.metrics.CertificateExpiry.Dates;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Checks every minute what expires soon. Each node does this; the ids of the notices prevent duplicates. */
@Component
class ExpiryNotices {

    private static final Duration EVERY = Duration.ofMinutes(1);

    /** If nobody renews a certificate, a further notice follows when it becomes urgent. */
    private static final List<Integer> DAYS_LEFT = List.of(1, 7);

    private final Outbox outbox;
    private final OpenTasks tasks;
    private final CertificateExpiry certificates;
    private final Changes changes;
    private final NotificationProperties properties;
    private final ThreadPoolTaskScheduler timer;

    ExpiryNotices(
            Outbox outbox,
            OpenTasks tasks,
            CertificateExpiry certificates,
            Changes changes,
            NotificationProperties properties,
            PeriodicTasks periodic) {
        this.outbox = outbox;
        this.tasks = tasks;
        this.certificates = certificates;
        this.changes = changes;
        this.properties = properties;
        this.timer = periodic.scheduler("expiry", 1);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (!properties.receivers().isEmpty()) {
            var unused = timer.scheduleWithFixedDelay(() -> addDue(Instant.now()), EVERY);
        }
    }

    void addDue(Instant now) {
        Stream<Notice> approvals = tasks.all().stream()
                .filter(OpenTask::approval)
                .filter(task -> isNear(task.expires(), now))
                .flatMap(task -> approval(task, now).stream());
        Stream<Notice> expiring = certificates.known().stream()
                .filter(dates -> dates.first().isBefore(now.plus(properties.certificateExpiresWithin())))
                .map(dates -> certificate(dates, now));
        Stream.concat(approvals, expiring).forEach(this::add);
    }

    private void add(Notice notice) {
        try {
            outbox.add(notice);
        } catch (DuplicateKeyException another) {
            // Another node was faster.
        }
    }

    private boolean isNear(@Nullable Instant expires, Instant now) {
        return expires != null && expires.isBefore(now.plus(properties.approvalExpiresWithin()));
    }

    private Optional<Notice> approval(OpenTask task, Instant now) {
        return changes.find(task.change()).map(change -> approval(task, change, now));
    }

    private static Notice approval(OpenTask task, ChangeSummary change, Instant now) {
        return new Notice(
                "%s/%s".formatted(EventType.APPROVAL_EXPIRING.type(), task.id()),
                EventType.APPROVAL_EXPIRING,
                now,
                change.id(),
                change.id(),
                "%s: \"%s\" still waits, and expires at %s".formatted(change.mesh(), task.name(), task.expires()),
                Notice.taskPath(task.id()),
                Map.of(
                        "mesh", change.mesh(),
                        "process", change.process(),
                        "change", change.id(),
                        "task", task.id(),
                        "question", task.name(),
                        "expires", String.valueOf(task.expires())));
    }

    private static Notice certificate(Dates dates, Instant now) {
        String where = dates.mesh() + "/" + dates.cluster();
        long left = Duration.between(now, dates.first()).toDays();
        int urgency = DAYS_LEFT.stream().filter(days -> left < days).findFirst().orElse(0);
        return new Notice(
                "%s/%s/%s/%d".formatted(EventType.CERTIFICATE_EXPIRING.type(), where, dates.first(), urgency),
                EventType.CERTIFICATE_EXPIRING,
                now,
                where,
                where,
                "%s: a CA certificate of %s expires at %s".formatted(dates.mesh(), dates.cluster(), dates.first()),
                "/changes/",
                Map.of(
                        "mesh", dates.mesh(),
                        "cluster", dates.cluster(),
                        "intermediateValidUntil", dates.validUntil().toString(),
                        "rootValidUntil", dates.rootValidUntil().toString()));
    }
}

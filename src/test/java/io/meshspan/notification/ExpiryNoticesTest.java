package io.meshspan.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.meshspan.approval.OpenTasks;
import io.meshspan.approval.OpenTasks.OpenTask;
import io.meshspan.audit.AuditDatabase;
import io.meshspan.metrics.CertificateExpiry;
import io.meshspan.metrics.CertificateExpiry.Dates;
import io.meshspan.schedule.PeriodicTasks;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.dao.DuplicateKeyException;

class ExpiryNoticesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private final AuditDatabase audit = new AuditDatabase();
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final Outbox outbox = mock();
    private final OpenTasks tasks = mock();
    private final CertificateExpiry certificates = mock();
    private final ExpiryNotices notices = new ExpiryNotices(
            outbox,
            tasks,
            certificates,
            audit.changes,
            new NotificationProperties(
                    Map.of(),
                    URI.create("http://localhost:8080"),
                    null,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofDays(3),
                    Duration.ofHours(24),
                    Duration.ofDays(30),
                    false),
            periodic);

    @AfterEach
    void end() {
        periodic.destroy();
    }

    private List<Notice> told() {
        ArgumentCaptor<Notice> told = ArgumentCaptor.forClass(Notice.class);
        verify(outbox, atLeastOnce()).add(told.capture());
        return told.getAllValues();
    }

    private static Dates inDays(int days) {
        return new Dates("mesh1", "cluster1", NOW.plus(Duration.ofDays(days)), NOW.plus(Duration.ofDays(3000)));
    }

    @Test
    void shouldTellOfApprovalsThatExpireSoonAndOfNoOtherTasks() {
        // given
        audit.change("c1", "mesh1", "olivia");
        when(tasks.all())
                .thenReturn(List.of(
                        new OpenTask(
                                "t1",
                                "c1",
                                "Approve change",
                                "prepare-change",
                                true,
                                NOW,
                                NOW.plus(Duration.ofHours(23))),
                        new OpenTask(
                                "t2",
                                "c1",
                                "Approve change",
                                "prepare-change",
                                true,
                                NOW,
                                NOW.plus(Duration.ofHours(25))),
                        new OpenTask(
                                "t3",
                                "c1",
                                "Decide how to go on",
                                "prepare-change",
                                false,
                                NOW,
                                NOW.plus(Duration.ofHours(1))),
                        new OpenTask("t4", "c1", "Approve change", "prepare-change", true, NOW, null)));

        // when
        notices.addDue(NOW);

        // then
        assertThat(told()).singleElement().satisfies(notice -> {
            assertThat(notice.type()).isEqualTo(EventType.APPROVAL_EXPIRING);
            assertThat(notice.path()).endsWith("?task=t1");
            assertThat(notice.orderKey()).isEqualTo("c1");
        });
    }

    @Test
    void shouldTellOfACertificateAgainWhenItGetsUrgentAndNotEachMinute() {
        when(certificates.known()).thenReturn(List.of(inDays(29)));
        notices.addDue(NOW);
        notices.addDue(NOW.plusSeconds(60));
        notices.addDue(NOW.plus(Duration.ofDays(23)));
        notices.addDue(NOW.plus(Duration.ofDays(29)).minusSeconds(60));

        assertThat(told().stream().map(Notice::id).distinct()).hasSize(3);
    }

    @Test
    void shouldTellNothingOfACertificateThatIsValidForLong() {
        when(certificates.known()).thenReturn(List.of(inDays(31), inDays(5)));
        doThrow(new DuplicateKeyException("another node")).when(outbox).add(any());

        notices.addDue(NOW);

        assertThat(told())
                .singleElement()
                .satisfies(notice -> assertThat(notice.data())
                        .containsEntry(
                                "intermediateValidUntil", inDays(5).validUntil().toString()));
    }
}

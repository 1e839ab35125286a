package io.meshspan.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.node.NodeId;
import io.meshspan.node.NodeProperties;
import io.meshspan.schedule.PeriodicTasks;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.autoconfigure.web.ServerProperties;

class ClusterEventWriterTest {

    private static final long SOON = 5000;

    private final AuditDatabase audit = new AuditDatabase();
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final Clusters clusters = mock();
    private final Cluster cluster = mock();
    private final ClusterEventWriter writer =
            new ClusterEventWriter(clusters, audit.changes, node(), properties(), periodic);

    static NodeId node() {
        return new NodeId(
                new NodeProperties("node1", Duration.ofSeconds(40), Duration.ofMinutes(30)), new ServerProperties());
    }

    static NotificationProperties properties() {
        return new NotificationProperties(
                Map.of(),
                URI.create("http://localhost:8080"),
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofDays(3),
                Duration.ofHours(24),
                Duration.ofDays(30),
                true);
    }

    @BeforeEach
    void know() {
        audit.change("c1", "mesh1", "olivia");
        when(clusters.get(any())).thenReturn(cluster);
    }

    @AfterEach
    void end() {
        periodic.destroy();
    }

    static AuditRecord record(RecordKind kind, String step, String result, @Nullable String data) {
        return new AuditRecord(kind, "c1", "mesh1", step, null, null, step, result, null, data);
    }

    static AuditRecord held() {
        return record(RecordKind.STEP, "Acquire leases", "DONE", "{\"kind\":\"callActivity\"}");
    }

    private List<Event> written(int count) {
        ArgumentCaptor<HasMetadata> events = ArgumentCaptor.forClass(HasMetadata.class);
        verify(cluster, timeout(SOON).times(count)).apply(events.capture());
        return events.getAllValues().stream().map(Event.class::cast).toList();
    }

    @Test
    void shouldTellEachClusterThatAChangeBeginsAndHowItEnds() {
        // given
        AuditRecord end = record(RecordKind.ENDED, "x", "Change stopped", null);
        audit.log.write(held());
        audit.log.write(end);

        // when
        writer.committed(List.of(held()));
        List<Event> begun = written(2);
        when(cluster.find(Namespace.class, null, "istio-system")).thenReturn(Optional.of(new Namespace()));
        writer.committed(List.of(end));
        List<Event> all = written(4);

        // then
        assertThat(begun).allSatisfy(event -> {
            assertThat(event.getMetadata().getNamespace()).isEqualTo("default");
            assertThat(event.getRegarding().getKind()).isEqualTo("Namespace");
            assertThat(event.getReason()).isEqualTo("ChangeBegun");
        });
        assertThat(all.subList(2, 4)).allSatisfy(event -> {
            assertThat(event.getMetadata().getNamespace()).isEqualTo("istio-system");
            assertThat(event.getRegarding().getNamespace()).isEqualTo("istio-system");
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getNote()).endsWith("of mesh mesh1 has ended: Change stopped");
        });
    }

    @Test
    void shouldSayNothingOfAChangeThatNeverHeldAClusterAndGoOnWhenOneIsSilent() {
        AuditRecord rejected = record(RecordKind.ENDED, "x", "Change rejected", null);
        writer.committed(List.of(rejected));

        when(cluster.apply(any())).thenThrow(new TransientException("no answer"));
        writer.committed(List.of(held()));

        verify(cluster, timeout(SOON).times(2)).apply(any());
        verify(clusters, times(2)).get(any());
    }
}

package io.meshspan.notification;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChangeState;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.RecordListener;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.node.NodeId;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Writes a Kubernetes Event into each cluster of a change when the change acquires it and when the change ends, if the
 * settings say so. It informs people who look at the cluster; an Event that a cluster refuses is dropped.
 */
@Component
class ClusterEventWriter implements RecordListener {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterEventWriter.class);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String ACQUIRE_LEASES = "Acquire leases";
    private static final String CALL_ACTIVITY = "\"callActivity\"";

    private final Clusters clusters;
    private final Changes changes;
    private final NodeId node;
    private final boolean enabled;
    private final ThreadPoolTaskScheduler threads;

    ClusterEventWriter(
            Clusters clusters,
            Changes changes,
            NodeId node,
            NotificationProperties properties,
            PeriodicTasks periodic) {
        this.clusters = clusters;
        this.changes = changes;
        this.node = node;
        this.enabled = properties.kubernetesEvents();
        this.threads = periodic.scheduler("cluster-events", 1);
    }

    @Override
    public void committed(List<AuditRecord> records) {
        if (enabled) {
            records.forEach(this::writeEvent);
        }
    }

    private void writeEvent(AuditRecord record) {
        if (hasAcquiredLeases(record)) {
            write(
                    record.change(),
                    "ChangeBegun",
                    "Normal",
                    "Change %s of mesh %s begins".formatted(record.change(), record.mesh()));
        } else if (record.kind() == RecordKind.ENDED
                && changes.of(record.change(), RecordKind.STEP).stream()
                        .anyMatch(entry -> hasAcquiredLeases(entry.record()))) {
            boolean successful = ChangeState.ended(record.result()) == ChangeState.VERIFIED
                    || ChangeState.ended(record.result()) == ChangeState.REMOVED;
            write(
                    record.change(),
                    "ChangeEnded",
                    successful ? "Normal" : "Warning",
                    "Change %s of mesh %s has ended: %s".formatted(record.change(), record.mesh(), record.result()));
        }
    }

    /** The process that acquires the Leases has ended, and the change holds all clusters. */
    private static boolean hasAcquiredLeases(AuditRecord record) {
        return record.kind() == RecordKind.STEP
                && record.step().equals(ACQUIRE_LEASES)
                && record.result().equals("DONE")
                && record.data() != null
                && record.data().contains(CALL_ACTIVITY);
    }

    private void write(String change, String reason, String type, String note) {
        List<String> names = changes.find(change).map(ChangeSummary::clusters).orElse(List.of());
        names.forEach(name -> threads.execute(() -> write(name, change, reason, type, note)));
    }

    private void write(String name, String change, String reason, String type, String note) {
        try {
            Cluster cluster = clusters.get(new ClusterName(name));
            boolean inIstioSystem =
                    cluster.find(Namespace.class, null, Mesh.ISTIO_NAMESPACE).isPresent();
            var unused = cluster.apply(event(inIstioSystem, change, reason, type, note));
        } catch (StepFailed | TransientException e) {
            LOG.info("{} does not take the Event {} of change {}", name, reason, change);
        }
    }

    private Event event(boolean inIstioSystem, String change, String reason, String type, String note) {
        ObjectReference regarding = regarding(inIstioSystem);
        return new EventBuilder()
                .withNewMetadata()
                .withName("meshspan-%s-%s"
                        .formatted(change, reason.substring("Change".length()).toLowerCase(Locale.ROOT)))
                .withNamespace(inIstioSystem ? Mesh.ISTIO_NAMESPACE : "default")
                .endMetadata()
                .withEventTime(new MicroTime(MICROSECONDS.format(Instant.now())))
                .withReportingController("meshspan")
                .withReportingInstance(node.toString())
                .withAction("Change")
                .withReason(reason)
                .withType(type)
                .withNote(note)
                .withRegarding(regarding)
                .build();
    }

    /** An Event must be in the namespace of its object, or in "default" if the object has none. */
    private static ObjectReference regarding(boolean inIstioSystem) {
        return inIstioSystem
                ? new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Service")
                        .withNamespace(Mesh.ISTIO_NAMESPACE)
                        .withName("istiod")
                        .build()
                : new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Namespace")
                        .withName(Mesh.ISTIO_NAMESPACE)
                        .build();
    }
}

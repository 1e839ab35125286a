package io.meshspan.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordJson;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.RecordListener;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import io.meshspan.schedule.PeriodicTasks;
import io.meshspan.trust.InstalledCa;
import io.meshspan.trust.InstalledCas;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * When the CA certificates of the declared meshes expire: as the change that installed them recorded it, and as read
 * from the clusters from time to time, because others may renew them.
 */
@Component
public class CertificateExpiry implements RecordListener {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateExpiry.class);

    /** The dates of one cluster; {@code validUntil} is that of its intermediate CA. */
    public record Dates(String mesh, String cluster, Instant validUntil, Instant rootValidUntil) {

        /** The earlier of both dates. */
        public Instant first() {
            return validUntil.isBefore(rootValidUntil) ? validUntil : rootValidUntil;
        }
    }

    private record Key(String mesh, String cluster) {}

    private final Map<Key, Dates> found = new ConcurrentHashMap<>();
    private final DeclaredMeshes meshes;
    private final InstalledCas certificates;
    private final MetricsProperties properties;
    private final ThreadPoolTaskScheduler timer;

    CertificateExpiry(
            DeclaredMeshes meshes, InstalledCas certificates, MetricsProperties properties, PeriodicTasks periodic) {
        this.meshes = meshes;
        this.certificates = certificates;
        this.properties = properties;
        this.timer = periodic.scheduler("certificates", 1);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var unused =
                timer.scheduleWithFixedDelay(this::read, Instant.now().plusSeconds(60), properties.certificatesEvery());
    }

    /** The dates of members of declared meshes, as far as they are known. */
    public List<Dates> known() {
        return meshes.all().stream()
                .filter(DeclaredMesh::isThere)
                .flatMap(CertificateExpiry::members)
                .map(found::get)
                .filter(dates -> dates != null)
                .sorted(Comparator.comparing(Dates::mesh).thenComparing(Dates::cluster))
                .toList();
    }

    /** If a cluster does not answer, its earlier dates stay. */
    void read() {
        meshes.all().stream()
                .filter(DeclaredMesh::isThere)
                .flatMap(CertificateExpiry::members)
                .forEach(this::read);
    }

    private void read(Key member) {
        try {
            certificates.in(List.of(new ClusterName(member.cluster()))).forEach(ca -> put(member, ca));
        } catch (StepFailed | TransientException e) {
            LOG.warn("{}: the dates of its certificates could not be read; tried again later", member.cluster());
        }
    }

    private void put(Key member, InstalledCa ca) {
        found.put(member, new Dates(member.mesh(), member.cluster(), ca.validUntil(), ca.rootValidUntil()));
    }

    @Override
    public void committed(List<AuditRecord> records) {
        records.stream()
                .filter(record -> record.kind() == RecordKind.CERTIFICATE)
                .forEach(this::put);
    }

    private void put(AuditRecord record) {
        if (record.cluster() != null && record.data() != null) {
            JsonNode data = RecordJson.tree(record.data());
            found.put(
                    new Key(record.mesh(), record.cluster()),
                    new Dates(
                            record.mesh(),
                            record.cluster(),
                            Instant.parse(data.path("validUntil").asText()),
                            Instant.parse(data.path("rootValidUntil").asText())));
        }
    }

    private static Stream<Key> members(DeclaredMesh declared) {
        String mesh = declared.mesh().id().value();
        return declared.mesh().members().stream()
                .map(member -> new Key(mesh, member.cluster().value()));
    }
}

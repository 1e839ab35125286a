package io.meshspan.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.schedule.PeriodicTasks;
import io.meshspan.trust.InstalledCa;
import io.meshspan.trust.InstalledCas;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CertificateExpiryTest {

    private static final ClusterName CLUSTER = new ClusterName("cluster1");
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant EARLY = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2036-01-01T00:00:00Z");

    private final DeclaredMeshes meshes = mock();
    private final InstalledCas certificates = mock();
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final CertificateExpiry expiry = new CertificateExpiry(
            meshes, certificates, new MetricsProperties(Duration.ofSeconds(10), Duration.ofHours(6)), periodic);

    @AfterEach
    void end() {
        periodic.destroy();
    }

    private void declared(boolean there) {
        Mesh mesh = mock();
        Member member = mock();
        DeclaredMesh declared = mock();
        when(mesh.id()).thenReturn(new MeshId("mesh1"));
        when(mesh.members()).thenReturn(List.of(member));
        when(member.cluster()).thenReturn(CLUSTER);
        when(declared.mesh()).thenReturn(mesh);
        when(declared.isThere()).thenReturn(there);
        when(meshes.all()).thenReturn(List.of(declared));
    }

    private static AuditRecord installed() {
        return new AuditRecord(
                RecordKind.CERTIFICATE,
                "c1",
                "mesh1",
                "Configure trust",
                null,
                "cluster1",
                "CN=ca",
                "IN_PLACE",
                null,
                "{\"validUntil\": \"%s\", \"rootValidUntil\": \"%s\"}".formatted(EARLY, LATE));
    }

    @Test
    void shouldKnowWhatAChangeHasJustPutInPlace() {
        declared(true);

        expiry.committed(List.of(installed()));

        assertThat(expiry.known()).containsExactly(new CertificateExpiry.Dates("mesh1", "cluster1", EARLY, LATE));
        assertThat(expiry.known().get(0).first()).isEqualTo(EARLY);
    }

    @Test
    void shouldSeeThatOthersHaveRenewedACertificateAndKeepItWhileTheClusterIsSilent() {
        declared(true);
        expiry.committed(List.of(installed()));

        doReturn(List.of(new InstalledCa(CLUSTER, "CN=ca", "00", FROM, LATE, "01", LATE)))
                .when(certificates)
                .in(any());
        expiry.read();
        doThrow(new TransientException("no answer")).when(certificates).in(any());
        expiry.read();

        assertThat(expiry.known()).containsExactly(new CertificateExpiry.Dates("mesh1", "cluster1", LATE, LATE));
    }

    @Test
    void shouldForgetTheClustersOfARemovedMesh() {
        expiry.committed(List.of(installed()));

        declared(false);

        assertThat(expiry.known()).isEmpty();
    }
}

package io.meshspan.process.expiry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.audit.AuditDatabase;
import io.meshspan.audit.ChangeRequested;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.RotatedCredential;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.Topology;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.PlanRecords;
import io.meshspan.process.change.ChangeRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a declaration approves without a person. */
class ApproveRenewalDelegateTest {

    private static final Mesh UNBOUND = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(Member.primary(new ClusterName("cluster1"), new NetworkName("network1"))));
    private static final Mesh BOUND = UNBOUND.with(TokenExpiration.of("12h"));

    private final AuditDatabase audit = new AuditDatabase();
    private final DeclaredMeshes meshes = mock();
    private final PlanRecords plans = mock();
    private final ChangeRecord record = mock();

    @Test
    void shouldApproveARenewalOfTheScheduleForAMeshWithTheseTokens() {
        declared(BOUND);
        requested("change1", "renew-remote-tokens", null);

        approve("change1", true);

        verify(plans).decide("instance of change1", "declared mesh", true);
        verify(record).noted(any(), eq("standing approval"), eq("APPROVED"), contains("change a rotation"));
    }

    @ParameterizedTest
    @CsvSource({
        "renew-remote-tokens, olivia, true, 12h",
        "rotate-remote-tokens, , true, 12h",
        "renew-remote-tokens, , false, 12h",
        "renew-remote-tokens, , true, 24h",
        "renew-remote-tokens, , true, ",
    })
    void shouldApproveNothingElse(
            String process, @Nullable String requester, boolean unattended, @Nullable String tokens) {
        declared(tokens == null ? UNBOUND : UNBOUND.with(TokenExpiration.of(tokens)));
        requested("change1", process, requester);

        assertThatThrownBy(() -> approve("change1", unattended)).isInstanceOf(StepFailed.class);
        assertThatThrownBy(() -> approve("a change without a record", true)).isInstanceOf(StepFailed.class);

        verify(plans, never()).decide(anyString(), anyString(), anyBoolean());
    }

    private void declared(Mesh mesh) {
        when(meshes.find("mesh1"))
                .thenReturn(Optional.of(new DeclaredMesh(
                        2,
                        Instant.EPOCH,
                        DeclaredMesh.State.VERIFIED,
                        mesh,
                        null,
                        List.of(),
                        null,
                        null,
                        "a rotation",
                        "rotate",
                        null,
                        "")));
    }

    private void requested(String change, String process, @Nullable String requester) {
        ChangeRequest asked = new ChangeRequest(
                process,
                "Renew",
                new ChangeKind.Rotate(RotatedCredential.REMOTE_TOKENS, BOUND.clusters()),
                BOUND,
                List.of(),
                null,
                null,
                requester,
                null,
                "due",
                "2026-11-30T00:00:00Z",
                null);
        audit.log.open(new ChangeRequested(
                change, "mesh1", process, "Due", requester, "due", List.of("cluster1"), json(asked)));
    }

    private static String json(ChangeRequest asked) {
        try {
            return new ObjectMapper().writeValueAsString(Map.of("mesh", BOUND, "asked", asked));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void approve(String change, boolean unattended) {
        ExecutionEntity execution = mock();
        when(execution.getRootProcessInstanceId()).thenReturn(change);
        when(execution.getProcessInstanceId()).thenReturn("instance of " + change);
        when(execution.getVariable("mesh")).thenReturn(JsonVariable.of(BOUND).getValue());
        new ApproveRenewalDelegate(
                        audit.changes,
                        meshes,
                        new TokenRenewalProperties("-", ZoneOffset.UTC, 33, unattended),
                        plans,
                        record)
                .execute(execution);
    }
}

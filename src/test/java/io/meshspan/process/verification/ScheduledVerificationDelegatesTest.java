package io.meshspan.process.verification;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
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
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.PlanRecords;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.verification.MeshVerification;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.Result;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a verification may do that nobody has approved, and what it leaves behind. */
class ScheduledVerificationDelegatesTest {

    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            Stream.of("cluster1", "cluster2")
                    .map(name -> Member.primary(new ClusterName(name), new NetworkName("network1")))
                    .toList());

    private final AuditDatabase audit = new AuditDatabase();
    private final PlanRecords plans = mock();
    private final ChangeRecord record = mock();
    private final VerificationHistory history = mock();
    private final VerificationResults results = mock();
    private final MeshVerification verification = mock();

    @Test
    void shouldApproveWhatTheScheduleItselfAskedFor() {
        ExecutionEntity execution = execution("scheduled");
        requested("scheduled", "verify-on-schedule", null);

        new ApproveByScheduleDelegate(audit.changes, plans, record).execute(execution);

        verify(plans).decide("instance of scheduled", "meshspan.verify.cron", true);
    }

    @ParameterizedTest
    @CsvSource({"verify-on-schedule, olivia", "install-mesh,", "verify-mesh,"})
    void shouldApproveNothingElse(String process, @Nullable String requester) {
        requested("other", process, requester);
        ApproveByScheduleDelegate delegate = new ApproveByScheduleDelegate(audit.changes, plans, record);

        assertThatThrownBy(() -> delegate.execute(execution("other"))).isInstanceOf(StepFailed.class);
        assertThatThrownBy(() -> delegate.execute(execution("without a record")))
                .isInstanceOf(StepFailed.class);

        verify(plans, never()).decide(anyString(), anyString(), anyBoolean());
    }

    @Test
    void shouldRemoveTheSampleWhereverAClusterAnswersAndKeepTheReason() {
        ExecutionEntity execution = execution("failed");
        when(execution.getVariable("failureCode")).thenReturn("PREFLIGHT_FAILED");
        when(execution.getVariable("failureText")).thenReturn("cluster1 does not answer");
        when(verification.removeSample(
                        argThat(mesh -> mesh != null && mesh.clusters().contains(new ClusterName("cluster1")))))
                .thenThrow(new TransientException("no answer"));
        when(verification.sampleNamespace()).thenReturn("sample");

        conclude(execution);

        verify(verification)
                .removeSample(argThat(mesh -> mesh.clusters().equals(List.of(new ClusterName("cluster2")))));
        verify(record).noted(any(), eq("namespace sample"), eq("NOT_REMOVED"), contains("cluster1"));
        verify(results)
                .keep(argThat(run -> run.result() == Result.FAILED
                        && "cluster1 does not answer".equals(run.reason())
                        && "failed".equals(run.change())));
        verify(execution).setVariable("skipped", false);
    }

    @Test
    void shouldSayThatTheLimitWasReached() {
        ExecutionEntity execution = execution("slow");
        when(execution.getVariable("verifyWithin")).thenReturn("PT20M");

        conclude(execution);

        verify(results)
                .keep(argThat(run -> run.reason() != null && run.reason().contains("meshspan.verify.within, PT20M")));
    }

    @Test
    void shouldRemoveNothingIfItWasSkipped() {
        ExecutionEntity execution = execution("busy");
        when(execution.getVariable("failureCode")).thenReturn("CLUSTERS_BUSY");
        when(execution.getVariable("failureText")).thenReturn("cluster1 is held by change7");

        conclude(execution);

        verify(verification, never()).removeSample(any());
        verify(results).keep(argThat(run -> run.result() == Result.SKIPPED));
        verify(execution).setVariable("skipped", true);
    }

    @Test
    void shouldNotKeepAResultTwice() {
        ExecutionEntity execution = execution("reported");
        when(execution.getVariable("failureCode")).thenReturn("VERIFICATION_FAILED");
        when(history.reported("reported")).thenReturn(true);

        conclude(execution);

        verify(results, never()).keep(any(VerificationRun.class));
    }

    private void conclude(ExecutionEntity execution) {
        new ConcludeVerificationDelegate(verification, history, results, record).execute(execution);
    }

    private static ExecutionEntity execution(String change) {
        ExecutionEntity execution = mock();
        when(execution.getRootProcessInstanceId()).thenReturn(change);
        when(execution.getProcessInstanceId()).thenReturn("instance of " + change);
        when(execution.getVariable("mesh")).thenReturn(JsonVariable.of(MESH).getValue());
        return execution;
    }

    private void requested(String change, String process, @Nullable String requester) {
        ChangeRequest asked = new ChangeRequest(
                process,
                process,
                new ChangeKind.Verify(),
                MESH,
                List.of(),
                null,
                null,
                requester,
                null,
                "test",
                "",
                null);
        audit.log.open(new ChangeRequested(
                change, "mesh1", process, "Verification due", requester, "test", List.of("cluster1"), json(asked)));
    }

    private static String json(ChangeRequest asked) {
        try {
            return new ObjectMapper().writeValueAsString(Map.of("mesh", MESH, "asked", asked));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

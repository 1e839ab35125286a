package io.meshspan.process.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.meshspan.audit.AuditDatabase;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.expiry.ExpiringCredential;
import io.meshspan.expiry.ExpiringCredential.End;
import io.meshspan.expiry.WatchedCredential;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.Topology;
import io.meshspan.process.expiry.ExpiryWatch.Due;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Which clusters a rotation has that a person decides on when a credential ends soon. */
class CheckExpiryDelegateTest {

    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> requested = new HashMap<>();

    /** Bound tokens end together, and the other reader's may be overdue some seconds later. */
    @ParameterizedTest
    @CsvSource({
        "REMOTE_TOKENS, 12h, rotate-remote-tokens,",
        "REMOTE_TOKENS, , rotate-remote-tokens, cluster1",
        "INTERMEDIATES, 12h, rotate-intermediates, cluster1",
        "ROOT, , rotate-root,",
    })
    void shouldRotateWhatHasToEndTogether(
            WatchedCredential kind, @Nullable String tokens, String process, @Nullable String clusters) {
        check(kind, tokens);
        decide(kind);

        assertThat(requested).containsEntry("process", process).containsEntry("mesh", "mesh1");
        assertThat(requested.get("clusters")).isEqualTo(clusters);
    }

    private void check(WatchedCredential kind, @Nullable String tokens) {
        Mesh mesh = new Mesh(
                new MeshId("mesh1"),
                Topology.MULTI_PRIMARY,
                IstioVersion.parse("1.30.3"),
                List.of(
                        Member.primary(new ClusterName("cluster1"), new NetworkName("network1")),
                        Member.primary(new ClusterName("cluster2"), new NetworkName("network1"))));
        DeclaredMesh declared = new DeclaredMesh(
                1,
                Instant.EPOCH,
                DeclaredMesh.State.VERIFIED,
                tokens == null ? mesh : mesh.with(TokenExpiration.of(tokens)),
                null,
                List.of(),
                null,
                null,
                null,
                "install",
                null,
                "");
        DeclaredMeshes meshes = mock();
        when(meshes.find("mesh1")).thenReturn(Optional.of(declared));
        ExpiringCredential credential =
                new ExpiringCredential(kind, List.of(new End("cluster1", "it", Instant.parse("2026-12-01T00:00:00Z"))));
        ExpiryWatch watch = mock();
        when(watch.due(eq(declared), eq(kind), any())).thenReturn(new Due(Optional.of(credential), 7, true));
        ExecutionEntity execution = mock();
        when(execution.getProcessBusinessKey()).thenReturn("mesh1");
        when(execution.getVariable(ExpiryWatch.CREDENTIAL)).thenReturn(kind.name());
        doAnswer(set -> variables.put(set.getArgument(0), set.getArgument(1)))
                .when(execution)
                .setVariable(anyString(), any());
        new CheckExpiryDelegate(
                        new StaticListableBeanFactory(Map.of("watch", watch)).getBeanProvider(ExpiryWatch.class),
                        meshes,
                        new AuditDatabase().changes,
                        mock())
                .execute(execution);
    }

    private void decide(WatchedCredential kind) {
        DelegateTask task = mock();
        ExecutionEntity execution = mock();
        when(execution.getProcessBusinessKey()).thenReturn("mesh1");
        when(task.getExecution()).thenReturn(execution);
        when(task.getVariable(anyString())).thenAnswer(get -> variables.get(get.<String>getArgument(0)));
        variables.put("decision", "renew");
        variables.put(ExpiryWatch.CREDENTIAL, kind.name());
        RuntimeService runtime = mock();
        when(runtime.createProcessInstanceByKey(anyString())).thenAnswer(start -> {
            requested.put("process", start.getArgument(0));
            ProcessInstantiationBuilder builder = mock(RETURNS_SELF);
            when(builder.setVariable(anyString(), any())).thenAnswer(set -> {
                requested.put(set.getArgument(0), set.getArgument(1));
                return builder;
            });
            when(builder.execute()).thenReturn(mock(ProcessInstance.class));
            return builder;
        });
        new RenewalDecisions(mock(), runtime, mock(IdentityService.class)).decided(task);
    }
}

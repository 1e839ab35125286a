package io.meshspan.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.RotatedCredential;
import io.meshspan.controlplane.IstiodRestart;
import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.rollback.StateBefore;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** The roll back of replaced remote secrets: as the swap, past istiods that lose endpoints by it. */
class TokenRotationTest {

    private static final String CHANGE = "change-1";
    private static final ClusterName READER = new ClusterName("cluster1");
    private static final ClusterName TARGET = new ClusterName("cluster2");
    private static final ChangeKind TOKENS = new Rotate(RotatedCredential.REMOTE_TOKENS, List.of(TARGET));
    private static final ObjectRef ISTIOD = new ObjectRef("apps/v1", "Deployment", "istio-system", "istiod");

    private final Clusters clusters = mock(Clusters.class);
    private final Cluster reader = mock(Cluster.class);
    private final ApprovedPlans approved = mock(ApprovedPlans.class);
    private final StateBefore before = mock(StateBefore.class);
    private final RemoteSecrets remoteSecrets = mock(RemoteSecrets.class);
    private final IstiodRestart istiods = mock(IstiodRestart.class);
    private final TokenRotation tokens = new TokenRotation(
            clusters,
            remoteSecrets,
            approved,
            before,
            istiods,
            new TokenRenewalProperties("-", ZoneOffset.UTC, 33, true));

    @BeforeEach
    void run() {
        given(reader.name()).willReturn(READER);
        given(clusters.inEachForLong(any(), any())).willAnswer(call -> {
            Collection<ClusterName> names = call.getArgument(0);
            Function<Cluster, Object> step = call.getArgument(1);
            Map<ClusterName, Object> results = new TreeMap<>();
            names.forEach(name -> results.put(name, step.apply(reader)));
            return results;
        });
        given(remoteSecrets.targetsOf(any(), any())).willReturn(List.of(TARGET));
        given(istiods.whileStopped(any(), any(), any()))
                .willAnswer(call ->
                        call.<Supplier<List<AppliedObject>>>getArgument(2).get());
        given(before.all(CHANGE, reader)).willReturn(List.of(secret("old"), other()));
        AppliedObject restored = new AppliedObject(READER, ISTIOD, ApplyOutcome.PATCHED);
        given(before.restore(CHANGE, reader, ISTIOD)).willReturn(Optional.of(restored));
        given(reader.restore(any())).willReturn(restored);
    }

    @Test
    void shouldRestoreReplacedSecretsWhileNoIstiodRunsAndIstiodAfterThem() {
        // given
        mesh("1.30.3");
        given(reader.live(ObjectRef.of(secret("new")))).willReturn(Optional.of(secret("new")));

        // when
        List<AppliedObject> restored = tokens.restoreRemoteSecrets(CHANGE, TOKENS);

        // then
        assertThat(restored).hasSize(2);
        InOrder order = inOrder(istiods, reader, before);
        order.verify(istiods).whileStopped(any(), any(), any());
        order.verify(reader).restore(secret("old"));
        order.verify(before).restore(CHANGE, reader, ISTIOD);
        verify(reader, never()).restore(other());
    }

    @Test
    void shouldLeaveIstiodsAloneWhereNoSecretIsReplacedAnyMore() {
        mesh("1.30.3");
        given(reader.live(ObjectRef.of(secret("old")))).willReturn(Optional.of(secret("old")));

        assertThat(tokens.restoreRemoteSecrets(CHANGE, TOKENS)).isEmpty();
        verify(istiods, never()).whileStopped(any(), any(), any());
    }

    @Test
    void shouldLeaveIstiodsAloneThatKeepTheirEndpoints() {
        mesh("1.31.0");
        given(reader.live(any())).willReturn(Optional.of(secret("new")));

        assertThat(tokens.restoreRemoteSecrets(CHANGE, TOKENS)).isEmpty();
        verify(istiods, never()).whileStopped(any(), any(), any());
    }

    private void mesh(String version) {
        given(approved.mesh(CHANGE))
                .willReturn(new Mesh(
                        new MeshId("mesh1"),
                        Topology.PRIMARY_REMOTE,
                        IstioVersion.parse(version),
                        List.of(
                                Member.primary(READER, new NetworkName("network1")),
                                Member.remote(TARGET, new NetworkName("network1"), READER))));
    }

    private static GenericKubernetesResource secret(String token) {
        return object("Secret", "istio-remote-secret-cluster2", Map.of("cluster2", token));
    }

    private static GenericKubernetesResource other() {
        return object("Secret", "cacerts", Map.of("root-cert.pem", "root"));
    }

    private static GenericKubernetesResource object(String kind, String name, Map<String, String> data) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("v1");
        object.setKind(kind);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace("istio-system")
                .withName(name)
                .build());
        object.setAdditionalProperty("data", data);
        return object;
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshspan.controlplane.ControlPlaneInstaller;
import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.controlplane.IstiodReady;
import io.meshspan.controlplane.RemoteInstaller;
import io.meshspan.controlplane.RemoteReady;
import io.meshspan.finding.StepFailed;
import io.meshspan.gateway.GatewayAddress;
import io.meshspan.gateway.GatewayInstaller;
import io.meshspan.gateway.GatewayReady;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.sandbox.AddressKind;
import io.meshspan.trust.MeshTrust;
import io.meshspan.verification.MeshVerification;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A remote without one of its steps: it waits in vain, or the mesh is not verified. */
@Tag("slow")
class PrimaryRemoteOmissionsTopologyIT {

    private final ProcessFleet processFleet = TestApplication.take();
    private final Member primary =
            Member.primary(new ClusterName(processFleet.first()), new NetworkName(network(processFleet.first())));
    private final Member remote = Member.remote(
            new ClusterName(processFleet.second()), new NetworkName(network(processFleet.second())), primary.cluster());
    private final Mesh mesh = new Mesh(
            new MeshId(processFleet.mesh()),
            Topology.PRIMARY_REMOTE_MULTI_NETWORK,
            IstioVersion.parse("1.30.3"),
            List.of(primary, remote));

    @Test
    void shouldNotServeARemoteThatWasAnnotatedAfterItsSecretCame() throws Exception {
        // given
        installPrimary();
        installRemote(new NamespaceBuilder()
                .withNewMetadata()
                .withName("istio-system")
                .addToLabels("topology.istio.io/network", remote.network().value())
                .endMetadata()
                .build());
        bean(RemoteSecrets.class).exchange(mesh);
        assertNever(cluster -> RemoteReady.in(mesh, cluster));

        // when
        bean(IstioNamespaces.class).create(mesh);

        // then
        assertNever(cluster -> RemoteReady.in(mesh, cluster));
    }

    @Test
    void shouldStartNoGatewayOnARemoteWhenIstiodIsNotExposed() {
        // given
        bean(IstioNamespaces.class).create(mesh);
        installPrimary();
        installRemote();

        // when
        bean(RemoteSecrets.class).exchange(mesh);
        done(remote, cluster -> RemoteReady.in(mesh, cluster));
        bean(GatewayInstaller.class).install(mesh, remote.cluster());

        // then
        assertNever(cluster -> GatewayReady.in(mesh, cluster));

        // and when
        bean(GatewayInstaller.class).exposeIstiod(mesh);

        // then
        done(remote, cluster -> GatewayReady.in(mesh, cluster));
    }

    @Test
    void shouldNotVerifyBeforeThePrimaryExposesTheServices() {
        // given
        bean(IstioNamespaces.class).create(mesh);
        installPrimary();
        bean(GatewayInstaller.class).exposeIstiod(mesh);
        installRemote();
        bean(RemoteSecrets.class).exchange(mesh);
        done(remote, cluster -> RemoteReady.in(mesh, cluster));
        bean(GatewayInstaller.class).install(mesh, remote.cluster());
        done(remote, cluster -> GatewayReady.in(mesh, cluster));
        done(remote, cluster -> GatewayAddress.in(mesh, cluster));

        // when
        MeshVerification verification = bean(MeshVerification.class);
        verification.deploySample(mesh);
        done(verification.sampleReady(mesh));

        // then
        assertThat(verification.controlPlanes(mesh).synced()).isTrue();
        assertThat(verification.call(mesh).complete()).isFalse();

        // and when
        bean(GatewayInstaller.class).exposeServices(mesh);

        // then
        assertThat(verification.call(mesh).complete()).isTrue();
    }

    /** By a hostname the Service istiod would be an ExternalName, which maps no port: its webhook is called at 443. */
    @Test
    void shouldRefuseARemoteWhosePrimaryHasAHostnameThatLeadsNowhere() {
        // given
        processFleet.cluster(processFleet.first()).addressKind(AddressKind.HOSTNAME);
        bean(IstioNamespaces.class).create(mesh);
        installPrimary();
        bean(GatewayInstaller.class).exposeIstiod(mesh);

        // then
        assertThatThrownBy(this::installRemote)
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("sandbox.example, which has none here")
                .hasMessageContaining("meshspan.gateway.hostname");
    }

    private void installPrimary() {
        bean(IstioNamespaces.class).create(new Mesh(mesh.id(), mesh.topology(), mesh.version(), List.of(primary)));
        bean(MeshTrust.class).configure(mesh);
        bean(ControlPlaneInstaller.class).install(mesh, primary.cluster());
        done(primary, cluster -> IstiodReady.in(mesh, cluster));
        bean(GatewayInstaller.class).install(mesh, primary.cluster());
        done(primary, cluster -> GatewayReady.in(mesh, cluster));
        done(primary, cluster -> GatewayAddress.in(mesh, cluster));
    }

    private void installRemote(io.fabric8.kubernetes.api.model.Namespace... before) {
        for (var namespace : before) {
            cluster(remote).apply(namespace);
        }
        bean(RemoteInstaller.class).install(mesh, remote.cluster());
    }

    /** Not within a time in which the sandbox would have done it many times over. */
    private void assertNever(Function<Cluster, CompletableFuture<?>> condition) {
        CompletableFuture<?> met = condition.apply(cluster(remote));
        assertThatThrownBy(() -> met.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        met.cancel(true);
    }

    private static void done(Member member, Function<Cluster, CompletableFuture<?>> condition) {
        done(condition.apply(cluster(member)));
    }

    private static void done(CompletableFuture<?> condition) {
        condition.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Cluster cluster(Member member) {
        return bean(Clusters.class).get(member.cluster());
    }

    private static String network(String cluster) {
        return cluster.replace("cluster", "network");
    }

    private static <T> T bean(Class<T> type) {
        return TestApplication.CONTEXT.getBean(type);
    }
}

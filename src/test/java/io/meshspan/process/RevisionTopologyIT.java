package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.meshspan.controlplane.ControlPlaneInstaller;
import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.controlplane.IstiodReady;
import io.meshspan.controlplane.RemoteInstaller;
import io.meshspan.controlplane.RemoteReady;
import io.meshspan.gateway.GatewayAddress;
import io.meshspan.gateway.GatewayInstaller;
import io.meshspan.gateway.GatewayReady;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.Topology;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.sandbox.Write;
import io.meshspan.trust.MeshTrust;
import io.meshspan.verification.MeshVerification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** A control plane with a name, and what the default profile adds: step by step, to a mesh that answers. */
class RevisionTopologyIT {

    private static final Revision REVISION = new Revision("1-30");
    private static final ProfileExtras BOTH = new ProfileExtras(true, true);

    private final ProcessFleet processFleet = TestApplication.take();
    private final Member one = Member.primary(name(processFleet.first()), network(processFleet.first()));

    @Test
    void shouldMakePrimariesOfARevision() {
        shouldAnswer(multiPrimary(REVISION, ProfileExtras.NONE));

        assertThat(found(Service.class, "istiod-1-30")).isTrue();
        assertThat(found(Service.class, "istiod")).isFalse();
        assertThat(found(Service.class, "istio-ingressgateway")).isFalse();
    }

    @Test
    void shouldMakeARemoteOfARevision() {
        Mesh mesh = primaryRemote(REVISION);
        shouldAnswer(mesh);

        assertThat(cluster(mesh.member(name(processFleet.second()))).find(Service.class, "istio-system", "istiod-1-30"))
                .isPresent();
    }

    @Test
    void shouldAddWhatTheDefaultProfileLeaves() {
        shouldAnswer(multiPrimary(Revision.NONE, BOTH));

        assertThat(found(Service.class, "istio-ingressgateway")).isTrue();
        assertThat(found(Service.class, "istiod-revision-tag-default")).isTrue();
        assertThat(cluster(one).find(MutatingWebhookConfiguration.class, null, "istio-sidecar-injector"))
                .hasValueSatisfying(injector -> assertThat(injector.getWebhooks())
                        .allSatisfy(webhook -> assertThat(
                                        webhook.getNamespaceSelector().getMatchLabels())
                                .containsKey("istio.io/deactivated")));
    }

    @Test
    void shouldCarryRevisionAndExtrasFromTheRequestToTheVerifiedMesh() {
        // given
        Map<String, Object> inputs = processFleet.inputs();
        inputs.putAll(Map.of("revision", "1-30", "ingressGateway", true, "defaultTag", true));
        String topology = "primary-remote-multi-network";

        // when
        PlayedChange playedChange =
                PlayedChange.request(TestApplication.ENGINE, "olivia", topology, processFleet.mesh(), inputs);
        playedChange.approve("carla");

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(found(Service.class, "istiod-1-30")).isTrue();
        assertThat(found(Service.class, "istio-ingressgateway")).isTrue();
        assertThat(found(Service.class, "istiod-revision-tag-default")).isTrue();
    }

    private void shouldAnswer(Mesh mesh) {
        // when
        install(mesh);
        MeshVerification verification = bean(MeshVerification.class);
        verification.deploySample(mesh);
        verification.sampleReady(mesh).orTimeout(20, TimeUnit.SECONDS).join();

        // then
        assertThat(verification.controlPlanes(mesh).synced()).isTrue();
        assertThat(verification.call(mesh).complete()).isTrue();
        assertThat(cluster(one).find(Namespace.class, null, "sample"))
                .hasValueSatisfying(sample -> assertThat(sample.getMetadata().getLabels())
                        .containsEntry(
                                mesh.revision().isNamed() ? "istio.io/rev" : "istio-injection",
                                mesh.revision().isNamed() ? "1-30" : "enabled"));

        // and when
        List<Write> first = processFleet.writes();
        install(mesh);

        // then
        assertThat(processFleet.writes()).isEqualTo(first);
    }

    private void install(Mesh mesh) {
        GatewayInstaller gateways = bean(GatewayInstaller.class);
        bean(IstioNamespaces.class).create(mesh);
        bean(MeshTrust.class).configure(mesh);
        mesh.primaries().forEach(primary -> {
            bean(ControlPlaneInstaller.class).install(mesh, primary.cluster());
            done(mesh, primary, IstiodReady::in);
            gateways.installIngress(mesh, primary.cluster());
            gateway(mesh, primary);
        });
        gateways.exposeIstiod(mesh);
        gateways.exposeServices(mesh);
        mesh.remotes().forEach(remote -> bean(RemoteInstaller.class).install(mesh, remote.cluster()));
        bean(RemoteSecrets.class).exchange(mesh);
        mesh.remotes().forEach(remote -> {
            done(mesh, remote, RemoteReady::in);
            gateway(mesh, remote);
        });
    }

    private static void gateway(Mesh mesh, Member member) {
        bean(GatewayInstaller.class).install(mesh, member.cluster());
        done(mesh, member, GatewayReady::in);
        done(mesh, member, GatewayAddress::in);
    }

    private Mesh multiPrimary(Revision revision, ProfileExtras extras) {
        Member two = Member.primary(name(processFleet.second()), network(processFleet.second()));
        return mesh(Topology.MULTI_PRIMARY_MULTI_NETWORK, revision, extras, two);
    }

    private Mesh primaryRemote(Revision revision) {
        Member two = Member.remote(name(processFleet.second()), network(processFleet.second()), one.cluster());
        return mesh(Topology.PRIMARY_REMOTE_MULTI_NETWORK, revision, ProfileExtras.NONE, two);
    }

    private Mesh mesh(Topology topology, Revision revision, ProfileExtras extras, Member two) {
        return new Mesh(
                new MeshId(processFleet.mesh()),
                topology,
                IstioVersion.parse("1.30.3"),
                ImageSource.CONFIGURED,
                revision,
                extras,
                List.of(one, two));
    }

    private <T extends HasMetadata> boolean found(Class<T> type, String name) {
        return cluster(one).find(type, "istio-system", name).isPresent();
    }

    private static void done(Mesh mesh, Member member, BiFunction<Mesh, Cluster, CompletableFuture<?>> condition) {
        condition.apply(mesh, cluster(member)).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Cluster cluster(Member member) {
        return bean(Clusters.class).get(member.cluster());
    }

    private static ClusterName name(String cluster) {
        return new ClusterName(cluster);
    }

    private static NetworkName network(String cluster) {
        return new NetworkName(cluster.replace("cluster", "network"));
    }

    private static <T> T bean(Class<T> type) {
        return TestApplication.CONTEXT.getBean(type);
    }
}

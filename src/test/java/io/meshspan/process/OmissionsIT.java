package io.meshspan.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.controlplane.ControlPlaneInstaller;
import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.controlplane.IstiodReady;
import io.meshspan.finding.Finding;
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
import io.meshspan.trust.MeshTrust;
import io.meshspan.verification.CallReport;
import io.meshspan.verification.MeshVerification;
import io.meshspan.verification.VerificationReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/** A verification that always says yes proves nothing: each step that is left out must make it fail. */
class OmissionsIT {

    private enum Step {
        TRUST,
        GATEWAY,
        EXPOSE_SERVICES,
        REMOTE_SECRET,
        NONE
    }

    private final ProcessFleet processFleet = TestApplication.take();
    private final Mesh mesh = mesh();
    private final MeshVerification verification = bean(MeshVerification.class);

    @Test
    void shouldVerifyWhenNothingIsLeftOut() {
        assertThat(verifiedWithout(Step.NONE).verified()).isTrue();
    }

    @Test
    void shouldFailWithoutTrust() {
        VerificationReport report = verifiedWithout(Step.TRUST);

        assertThat(report.verified()).isFalse();
        assertThat(report.findings()).extracting(Finding::toString).anyMatch(text -> text.contains("root"));
    }

    @Test
    void shouldFailWithoutAGateway() {
        assertThat(verifiedWithout(Step.GATEWAY).verified()).isFalse();
    }

    @Test
    void shouldFailWithoutExposedServices() {
        assertThat(verifiedWithout(Step.EXPOSE_SERVICES).verified()).isFalse();
    }

    @Test
    void shouldFailWithoutARemoteSecretAndNameIt() {
        VerificationReport report = verifiedWithout(Step.REMOTE_SECRET);

        assertThat(report.verified()).isFalse();
        assertThat(report.text()).contains(processFleet.first(), processFleet.second());
        assertThat(report.controlPlanes().synced()).isFalse();
    }

    private VerificationReport verifiedWithout(Step omitted) {
        install(omitted);
        verification.deploySample(mesh);
        done(verification.sampleReady(mesh));
        return verification.report(verification.controlPlanes(mesh), settled());
    }

    private void install(Step omitted) {
        bean(IstioNamespaces.class).create(mesh);
        if (omitted != Step.TRUST) {
            bean(MeshTrust.class).configure(mesh);
        }
        each(name -> bean(ControlPlaneInstaller.class).install(mesh, name));
        awaitEach(cluster -> IstiodReady.in(mesh, cluster));
        if (omitted != Step.GATEWAY) {
            each(name -> bean(GatewayInstaller.class).install(mesh, name));
            awaitEach(cluster -> GatewayReady.in(mesh, cluster));
            awaitEach(cluster -> GatewayAddress.in(mesh, cluster));
        }
        if (omitted != Step.EXPOSE_SERVICES) {
            bean(GatewayInstaller.class).exposeServices(mesh);
        }
        bean(RemoteSecrets.class).exchange(mesh);
        if (omitted == Step.REMOTE_SECRET) {
            cluster(mesh.clusters().get(0)).delete(secretOfSecond());
        }
    }

    /** The calls once they are complete, or after a while as they are. */
    private CallReport settled() {
        AtomicReference<CallReport> last = new AtomicReference<>(verification.call(mesh));
        try {
            await().atMost(Duration.ofSeconds(3))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        last.set(verification.call(mesh));
                        return requireNonNull(last.get()).complete();
                    });
        } catch (ConditionTimeoutException e) {
            return requireNonNull(last.get()); // then so be it: incomplete
        }
        return requireNonNull(last.get());
    }

    private Secret secretOfSecond() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("istio-remote-secret-" + processFleet.second())
                .withNamespace("istio-system")
                .endMetadata()
                .build();
    }

    private void each(Consumer<ClusterName> step) {
        mesh.clusters().forEach(step);
    }

    private void awaitEach(Function<Cluster, CompletableFuture<?>> condition) {
        mesh.clusters().forEach(name -> done(condition.apply(cluster(name))));
    }

    private static void done(CompletableFuture<?> condition) {
        condition.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Cluster cluster(ClusterName name) {
        return bean(Clusters.class).get(name);
    }

    private Mesh mesh() {
        return new Mesh(
                new MeshId(processFleet.mesh()),
                Topology.MULTI_PRIMARY_MULTI_NETWORK,
                IstioVersion.parse("1.30.3"),
                List.of(member(processFleet.first()), member(processFleet.second())));
    }

    private static Member member(String cluster) {
        return Member.primary(new ClusterName(cluster), new NetworkName(cluster.replace("cluster", "network")));
    }

    private static <T> T bean(Class<T> type) {
        return TestApplication.CONTEXT.getBean(type);
    }
}

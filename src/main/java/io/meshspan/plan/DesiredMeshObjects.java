package io.meshspan.plan;

import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.controlplane.Primary;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.ExposedIstiod;
import io.meshspan.gateway.ExposedServices;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.DesiredCa;
import io.meshspan.trust.MeshTrust;
import io.meshspan.verification.MeshVerification;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** All objects that a step of a change writes to a cluster. */
@Component
final class DesiredMeshObjects {

    private final IstioNamespaces namespaces;
    private final MeshTrust trust;
    private final Primary primary;
    private final DesiredRemoteObjects remotes;
    private final EastWestGateway gateway;
    private final IngressGateway ingress;
    private final RemoteSecrets remoteSecrets;
    private final MeshVerification verification;

    DesiredMeshObjects(
            IstioNamespaces namespaces,
            MeshTrust trust,
            Primary primary,
            DesiredRemoteObjects remotes,
            EastWestGateway gateway,
            IngressGateway ingress,
            RemoteSecrets remoteSecrets,
            MeshVerification verification) {
        this.namespaces = namespaces;
        this.trust = trust;
        this.primary = primary;
        this.remotes = remotes;
        this.gateway = gateway;
        this.ingress = ingress;
        this.remoteSecrets = remoteSecrets;
        this.verification = verification;
    }

    /** Computes what all clusters share once. */
    DesiredObjects of(Mesh mesh, Set<Step> steps) {
        Shared shared = new Shared(
                steps.contains(Step.TRUST) ? trust.desired(mesh) : new TreeMap<>(),
                steps.contains(Step.ENDPOINT_DISCOVERY) ? new DesiredSecrets(remoteSecrets, mesh) : null);
        return (member, approved) -> steps.stream()
                .flatMap(step -> wishes(step, mesh, member, shared, approved))
                .toList();
    }

    private record Shared(
            SortedMap<ClusterName, DesiredCa> cacerts,
            @org.jspecify.annotations.Nullable DesiredSecrets secrets) {}

    private Stream<DesiredObject> wishes(Step step, Mesh mesh, Member member, Shared shared, ClusterPlan approved) {
        return switch (step) {
            case NAMESPACE -> namespaces.desired(mesh, member).stream().map(object -> DesiredObject.of(step, object));
            case TRUST ->
                Stream.ofNullable(shared.cacerts().get(member.cluster())).map(DesiredCacerts::of);
            case CONTROL_PLANE -> controlPlane(mesh, member, approved);
            case INGRESS_GATEWAY ->
                ingress.desired(mesh, member).stream().map(object -> DesiredObject.of(step, object));
            case GATEWAY ->
                mesh.gateways().contains(member)
                        ? gateway.desired(mesh, member).stream().map(object -> DesiredObject.of(step, object))
                        : Stream.of();
            case EXPOSE_ISTIOD ->
                mesh.exposingIstiod().contains(member)
                        ? ExposedIstiod.desired(mesh).stream().map(object -> DesiredObject.of(step, object))
                        : Stream.of();
            case EXPOSE_SERVICES ->
                mesh.exposingServices().contains(member)
                        ? ExposedServices.desired(mesh).stream().map(object -> DesiredObject.of(step, object))
                        : Stream.of();
            case ENDPOINT_DISCOVERY ->
                shared.secrets() == null ? Stream.of() : shared.secrets().of(member, approved.later(step)).stream();
            case DEFAULT_REVISION -> defaultRevision(mesh, member, approved);
            case NAMESPACE_REVISION, WORKLOAD_RESTART, OLD_REVISION -> Stream.of();
            case SAMPLE -> verification.sample(mesh, member.cluster()).stream().map(DesiredObject::sample);
        };
    }

    private Stream<DesiredObject> controlPlane(Mesh mesh, Member member, ClusterPlan approved) {
        return member.role() == Role.PRIMARY
                ? primary.desired(mesh, member).stream().map(object -> DesiredObject.of(Step.CONTROL_PLANE, object))
                : remotes.of(mesh, member, !approved.later(Step.CONTROL_PLANE).isEmpty()).stream();
    }

    /** What the control plane gets at the end of an upgrade, and not while both revisions run beside each other. */
    private Stream<DesiredObject> defaultRevision(Mesh mesh, Member member, ClusterPlan approved) {
        if (!mesh.isUpgrade()) {
            return Stream.of();
        }
        Set<ObjectRef> beside =
                controlPlane(mesh, member, approved).map(DesiredObject::object).collect(Collectors.toSet());
        return controlPlane(mesh.settled(), member, approved)
                .filter(object -> !beside.contains(object.object()))
                .map(object -> object.in(Step.DEFAULT_REVISION));
    }

    /** The secret {@code cacerts}: created if missing, never overwritten, so it needs no dry run. */
    private static final class DesiredCacerts {

        private DesiredCacerts() {}

        static DesiredObject of(DesiredCa desired) {
            return DesiredObject.cacerts(desired, DesiredCacerts::preview);
        }

        private static DryRunResult preview(Cluster cluster) {
            boolean there = cluster.states(List.of(MeshTrust.CACERTS)).containsKey(MeshTrust.CACERTS);
            return new DryRunResult(
                    cluster.name(),
                    MeshTrust.CACERTS,
                    there ? ApplyOutcome.UNCHANGED : ApplyOutcome.CREATED,
                    List.of(),
                    true);
        }
    }
}

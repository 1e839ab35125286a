package io.meshspan.adoption;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.controlplane.Primary;
import io.meshspan.controlplane.Remote;
import io.meshspan.gateway.Discovery;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.ExposedIstiod;
import io.meshspan.gateway.ExposedServices;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.remotesecret.RemoteSecrets.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Takes over the objects of a mesh in its clusters, as {@link ObjectAdoption} decides. May be repeated. */
@Component
public final class MeshAdoption {

    private final Clusters clusters;
    private final Primary primary;
    private final Remote remote;
    private final Discovery discovery;
    private final EastWestGateway gateway;
    private final IngressGateway ingress;
    private final RemoteSecrets remoteSecrets;

    MeshAdoption(
            Clusters clusters,
            Primary primary,
            Remote remote,
            Discovery discovery,
            EastWestGateway gateway,
            IngressGateway ingress,
            RemoteSecrets remoteSecrets) {
        this.remoteSecrets = remoteSecrets;
        this.clusters = clusters;
        this.primary = primary;
        this.remote = remote;
        this.discovery = discovery;
        this.gateway = gateway;
        this.ingress = ingress;
    }

    /** @param approved the objects that the approved plan lets this step mark, by cluster */
    public List<AppliedObject> adopt(Mesh mesh, Map<ClusterName, List<ObjectRef>> approved) {
        SortedMap<ClusterName, Known> secrets = remoteSecrets.known(mesh);
        return Clusters.joined(clusters.inEach(
                mesh.clusters(),
                cluster -> adopt(mesh, cluster, approved.getOrDefault(cluster.name(), List.of()), secrets)));
    }

    private List<AppliedObject> adopt(
            Mesh mesh, Cluster cluster, List<ObjectRef> approved, SortedMap<ClusterName, Known> secrets) {
        Map<ObjectRef, HasMetadata> desired = Stream.concat(
                        desired(mesh, mesh.member(cluster.name())), access(mesh, cluster.name(), secrets))
                .collect(Collectors.toMap(ObjectRef::of, object -> object, (one, two) -> one));
        return approved.stream()
                .map(object -> adopt(mesh, cluster, object, Optional.ofNullable(desired.get(object))))
                .toList();
    }

    private static AppliedObject adopt(Mesh mesh, Cluster cluster, ObjectRef object, Optional<HasMetadata> desired) {
        if (object.equals(ObjectRef.of(ApplySet.of(mesh).parent()))) {
            return cluster.apply(ApplySet.of(mesh).parent());
        }
        boolean equal = desired.map(cluster::preview)
                .filter(preview -> preview.outcome() != ApplyOutcome.CREATED)
                .filter(preview -> ObjectAdoption.isEqual(preview.changes()))
                .isPresent();
        return equal
                ? owned(cluster, object, cluster.apply(desired.orElseThrow()))
                : cluster.merge(object, ObjectAdoption.patch(mesh.id()));
    }

    /**
     * The tool that installed an object owns its fields beside Meshspan now. Without the tool's part, a later apply can remove
     * what it no longer wants.
     */
    private static AppliedObject owned(Cluster cluster, ObjectRef object, AppliedObject applied) {
        Optional<GenericKubernetesResource> former = cluster.live(object)
                .filter(live -> live.getMetadata().getManagedFields().stream().anyMatch(ObjectAdoption::isOfATool));
        if (former.isEmpty()) {
            return applied;
        }
        GenericKubernetesResource live = former.get();
        live.getMetadata()
                .setManagedFields(live.getMetadata().getManagedFields().stream()
                        .filter(entry -> !ObjectAdoption.isOfATool(entry))
                        .toList());
        return cluster.restore(live);
    }

    /** Its token for readers, and the remote secrets with which it reads others. */
    private Stream<HasMetadata> access(Mesh mesh, ClusterName cluster, SortedMap<ClusterName, Known> secrets) {
        Stream<HasMetadata> token =
                secrets.containsKey(cluster) ? Stream.of(remoteSecrets.readerToken(mesh, cluster)) : Stream.of();
        Stream<HasMetadata> remote = remoteSecrets.targetsOf(mesh, cluster).stream()
                .flatMap(target -> Stream.ofNullable(secrets.get(target)))
                .flatMap(known -> known.by(cluster).stream());
        return Stream.concat(token, remote);
    }

    /** What an installation would write besides Secrets. */
    private Stream<HasMetadata> desired(Mesh mesh, Member member) {
        Stream<HasMetadata> controlPlane = member.role() == Role.PRIMARY
                ? primary.desired(mesh, member).stream()
                : remote.desired(mesh, member, discovery.of(mesh, member)).stream();
        Stream<HasMetadata> gateways =
                mesh.gateways().contains(member) ? gateway.desired(mesh, member).stream() : Stream.of();
        Stream<HasMetadata> services =
                mesh.exposingServices().contains(member) ? ExposedServices.desired(mesh).stream() : Stream.of();
        Stream<HasMetadata> istiod =
                mesh.exposingIstiod().contains(member) ? ExposedIstiod.desired(mesh).stream() : Stream.of();
        return Stream.of(controlPlane, ingress.desired(mesh, member).stream(), gateways, istiod, services)
                .flatMap(objects -> objects);
    }
}

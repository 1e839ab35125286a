package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.controlplane.Primary;
import io.meshspan.controlplane.Remote;
import io.meshspan.gateway.Discovery;
import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.ExposedIstiod;
import io.meshspan.gateway.ExposedServices;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.remotesecret.RemoteSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Every object that a change would apply in a cluster, in the order of the guide, but for those that carry keys. */
@Component
final class MeshObjects {

    private final Discovery discovery;
    private final Primary primary;
    private final Remote remote;
    private final EastWestGateway gateway;
    private final IngressGateway ingress;
    private final RemoteSecrets remoteSecrets;

    MeshObjects(
            Discovery discovery,
            Primary primary,
            Remote remote,
            EastWestGateway gateway,
            IngressGateway ingress,
            RemoteSecrets remoteSecrets) {
        this.discovery = discovery;
        this.primary = primary;
        this.remote = remote;
        this.gateway = gateway;
        this.ingress = ingress;
        this.remoteSecrets = remoteSecrets;
    }

    List<HasMetadata> of(Mesh mesh, Member member) {
        List<HasMetadata> objects = new ArrayList<>();
        ApplySet set = new ApplySet(mesh.id());
        objects.add(IstioNamespace.desired(member));
        objects.add(set.parent());
        objects.addAll(controlPlane(mesh, member));
        if (mesh.gateways().contains(member)) {
            objects.addAll(gateway.desired(mesh, member));
        }
        objects.addAll(ingress.desired(mesh, member));
        if (mesh.exposingIstiod().contains(member)) {
            objects.addAll(ExposedIstiod.desired(mesh));
        }
        if (mesh.exposingServices().contains(member)) {
            objects.addAll(ExposedServices.desired(mesh));
        }
        if (!mesh.readersOf(member.cluster()).isEmpty()) {
            objects.add(set.member(remoteSecrets.readerToken()));
        }
        return objects;
    }

    /** A remote's objects carry the address of its primary's gateway: until that is known they are not. */
    private List<HasMetadata> controlPlane(Mesh mesh, Member member) {
        if (member.role() == Role.PRIMARY) {
            return primary.desired(mesh, member);
        }
        return remote.desired(mesh, member, discoveryAddress(mesh, member));
    }

    Optional<DiscoveryAddress> discoveryAddress(Mesh mesh, Member member) {
        return discovery.of(mesh, member);
    }
}

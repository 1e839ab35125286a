package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.controlplane.Primary;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.ExposedServices;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Every object that a change would apply in a cluster, in the order of the guide, but for those that carry keys. */
@Component
final class MeshObjects {

    private final Primary primary;
    private final EastWestGateway gateway;
    private final RemoteSecrets remoteSecrets;

    MeshObjects(Primary primary, EastWestGateway gateway, RemoteSecrets remoteSecrets) {
        this.primary = primary;
        this.gateway = gateway;
        this.remoteSecrets = remoteSecrets;
    }

    List<HasMetadata> of(Mesh mesh, Member member) {
        List<HasMetadata> objects = new ArrayList<>();
        ApplySet set = new ApplySet(mesh.id());
        objects.add(IstioNamespace.desired(member));
        objects.add(set.parent());
        objects.addAll(primary.desired(mesh, member));
        if (mesh.topology().multiNetwork()) {
            objects.addAll(gateway.desired(mesh, member));
            objects.addAll(ExposedServices.desired(mesh));
        }
        objects.add(set.member(remoteSecrets.readerToken()));
        return objects;
    }
}

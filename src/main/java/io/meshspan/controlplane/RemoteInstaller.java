package io.meshspan.controlplane;

import io.meshspan.finding.TransientException;
import io.meshspan.gateway.Discovery;
import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ManifestInstaller;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Installs a cluster as a remote of its primary. It reaches the primary's istiod at the address of the primary's gateway.
 */
@Component
public final class RemoteInstaller {

    private final Clusters clusters;
    private final Remote remote;
    private final Discovery discovery;
    private final ManifestInstaller installer;

    RemoteInstaller(Clusters clusters, Remote remote, Discovery discovery, ManifestInstaller installer) {
        this.clusters = clusters;
        this.remote = remote;
        this.discovery = discovery;
        this.installer = installer;
    }

    /**
     * @throws TransientException if the gateway of the primary has lost its address since the wait for it
     * @throws io.meshspan.finding.StepFailed ADDRESS_UNUSABLE if the address cannot work
     */
    public List<AppliedObject> install(Mesh mesh, ClusterName name) {
        Member member = mesh.member(name);
        Optional<DiscoveryAddress> address = discovery.of(mesh, member);
        if (address.isEmpty()) {
            throw new TransientException("%s: its east-west gateway has no address".formatted(member.controlPlane()));
        }
        return installer.install(clusters.get(name), remote.desired(mesh, member, address));
    }
}

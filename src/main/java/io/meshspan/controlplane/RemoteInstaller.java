package io.meshspan.controlplane;

import io.meshspan.finding.PassingFault;
import io.meshspan.gateway.GatewayAddress;
import io.meshspan.kubernetes.Applied;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ManifestInstaller;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes a cluster a remote of its primary, whose istiod it reaches at the address of the primary's gateway. */
@Component
public final class RemoteInstaller {

    private final Clusters clusters;
    private final Remote remote;
    private final ManifestInstaller installer;

    RemoteInstaller(Clusters clusters, Remote remote, ManifestInstaller installer) {
        this.clusters = clusters;
        this.remote = remote;
        this.installer = installer;
    }

    /** @throws PassingFault if the gateway of the primary has lost its address since it was waited for */
    public List<Applied> install(Mesh mesh, ClusterName name) {
        Member member = mesh.member(name);
        String address = GatewayAddress.find(clusters.get(member.controlPlane()))
                .orElseThrow(() ->
                        new PassingFault("%s: its east-west gateway has no address".formatted(member.controlPlane())));
        Cluster cluster = clusters.get(name);
        List<Applied> base = installer.install(cluster, remote.base(mesh));
        List<Applied> istiod = installer.install(cluster, remote.istiod(mesh, member, address));
        return Stream.concat(base.stream(), istiod.stream()).toList();
    }
}

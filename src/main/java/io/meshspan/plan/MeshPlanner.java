package io.meshspan.plan;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.Outcome;
import io.meshspan.kubernetes.Preview;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.MeshTrust;
import io.meshspan.trust.TrustPlan;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds out what a change would do, by rendering and server-side dry run. Changes nothing. */
@Component
public final class MeshPlanner {

    private final Clusters clusters;
    private final MeshObjects objects;
    private final InstallFiles files;
    private final MeshTrust trust;
    private final RemoteSecrets remoteSecrets;

    MeshPlanner(
            Clusters clusters, MeshObjects objects, InstallFiles files, MeshTrust trust, RemoteSecrets remoteSecrets) {
        this.clusters = clusters;
        this.objects = objects;
        this.files = files;
        this.trust = trust;
        this.remoteSecrets = remoteSecrets;
    }

    public Plan plan(Mesh mesh) {
        TrustPlan trustPlan = trust.plan(mesh);
        List<ClusterPlan> plans =
                List.copyOf(clusters.inEach(mesh.clusters(), cluster -> plan(mesh, cluster, trustPlan))
                        .values());
        return new Plan(plans, PlanDigest.of(mesh, plans));
    }

    private ClusterPlan plan(Mesh mesh, Cluster cluster, TrustPlan trustPlan) {
        Member member = mesh.member(cluster.name());
        List<Preview> previews =
                objects.of(mesh, member).stream().map(cluster::preview).toList();
        return new ClusterPlan(member, previews, files.of(mesh, member), later(mesh, member, trustPlan));
    }

    private List<String> later(Mesh mesh, Member member, TrustPlan trustPlan) {
        List<String> later = new ArrayList<>();
        if (trustPlan.cacerts().get(member.cluster()) == Outcome.CREATED) {
            later.add("Secret istio-system/cacerts: a new intermediate CA under the root with SHA-256 fingerprint "
                    + trustPlan.rootFingerprint());
        }
        if (member.role() == Role.REMOTE
                && objects.discoveryAddress(mesh, member).isEmpty()) {
            later.add("webhooks, roles and the service istiod, once the gateway of %s has its address"
                    .formatted(member.controlPlane()));
        }
        remoteSecrets
                .targetsOf(mesh, member.cluster())
                .forEach(target -> later.add("Secret %s: read access to the API server of %s, once its token exists"
                        .formatted(remoteSecrets.name(target), target)));
        return later;
    }
}

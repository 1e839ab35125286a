package io.meshspan.plan;

import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Computes what a change would do, by rendering and server-side dry run. Changes nothing. */
@Component
public final class MeshPlanner {

    private final Clusters clusters;
    private final DesiredMeshObjects wishes;
    private final RotationObjects rotations;
    private final AdoptionObjects adoption;
    private final InstallFiles files;
    private final UpgradeActions upgrade;

    MeshPlanner(
            Clusters clusters,
            DesiredMeshObjects wishes,
            RotationObjects rotations,
            AdoptionObjects adoption,
            InstallFiles files,
            UpgradeActions upgrade) {
        this.adoption = adoption;
        this.rotations = rotations;
        this.upgrade = upgrade;
        this.clusters = clusters;
        this.wishes = wishes;
        this.files = files;
    }

    public Plan plan(Mesh mesh) {
        return plan(mesh, mesh.clusters());
    }

    /** The plan of the change for some of its clusters. */
    public Plan plan(Mesh mesh, Collection<ClusterName> some) {
        return plan(mesh, some, steps(mesh));
    }

    private static Set<Step> steps(Mesh mesh) {
        if (mesh.isUpgradeInPlace()) {
            return Step.ofUpgradeInPlace();
        }
        return mesh.isUpgrade() ? Step.ofUpgrade() : Step.ofInstallation();
    }

    /** The plan of verifying an existing mesh. */
    public Plan planVerification(Mesh mesh) {
        return plan(mesh, mesh.clusters(), EnumSet.of(Step.SAMPLE));
    }

    /** The plan of rotating credentials, and of the verification after it. */
    public Plan planRotation(String change, Mesh mesh, Rotate kind) {
        return planRotation(change, mesh, kind, mesh.clusters());
    }

    /** The same for some clusters of the change. */
    Plan planRotation(String change, Mesh mesh, Rotate kind, Collection<ClusterName> some) {
        return plan(mesh, some, rotations.of(change, mesh, kind, EnumSet.allOf(Step.class)));
    }

    /** The plan of adopting a mesh that others installed. */
    public Plan planAdoption(Mesh mesh) {
        return planAdoption(mesh, mesh.clusters());
    }

    /** The same for some clusters of the change. */
    Plan planAdoption(Mesh mesh, Collection<ClusterName> some) {
        return plan(mesh, some, adoption.of(mesh, Step.ofInstallation()));
    }

    private Plan plan(Mesh mesh, Collection<ClusterName> some, Set<Step> steps) {
        return plan(mesh, some, wishes.of(mesh, steps));
    }

    private Plan plan(Mesh mesh, Collection<ClusterName> some, DesiredObjects wanted) {
        return new Plan(
                mesh,
                List.copyOf(clusters.inEach(some, cluster -> plan(mesh, cluster, wanted))
                        .values()));
    }

    /** Reads the states before the previews: whatever changes in between, a later comparison notices it. */
    private ClusterPlan plan(Mesh mesh, Cluster cluster, DesiredObjects wanted) {
        Member member = mesh.member(cluster.name());
        List<DesiredObject> here = wanted.of(member, ClusterPlan.none(member));
        Map<ObjectRef, String> states =
                cluster.states(here.stream().map(DesiredObject::object).toList());
        try {
            return new ClusterPlan(
                    member,
                    cluster.uid(),
                    Stream.concat(
                                    here.stream()
                                            .map(wish -> PlannedObject.of(
                                                    wish, wish.preview().apply(cluster), states.get(wish.object()))),
                                    besides(mesh, cluster, here))
                            .toList(),
                    files.of(mesh, member));
        } finally {
            cluster.endDryRuns();
        }
    }

    private Stream<PlannedObject> besides(Mesh mesh, Cluster cluster, List<DesiredObject> here) {
        return mesh.replaced().isPresent()
                ? upgrade
                        .of(
                                mesh,
                                cluster,
                                here.stream().map(DesiredObject::object).collect(Collectors.toSet()))
                        .stream()
                : Stream.of();
    }
}

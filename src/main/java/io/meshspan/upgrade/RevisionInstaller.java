package io.meshspan.upgrade;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.change.ChangeKind;
import io.meshspan.controlplane.Primary;
import io.meshspan.controlplane.Remote;
import io.meshspan.gateway.Discovery;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ManifestInstaller;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Applies two parts of a control plane separately in an upgrade: its prerequisites, and what makes it the default. */
@Component
public final class RevisionInstaller {

    /** Objects that all revisions share, and the readers' rights, which must exist before an istiod needs them. */
    private static final Set<String> BASE = Set.of(
            "CustomResourceDefinition", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

    private static final Set<Step> DEFAULT = Set.of(Step.DEFAULT_REVISION);

    private final Clusters clusters;
    private final Primary primary;
    private final Remote remote;
    private final Discovery discovery;
    private final ApprovedPlans approved;
    private final StateBefore before;
    private final ManifestInstaller installer;

    RevisionInstaller(
            Clusters clusters,
            Primary primary,
            Remote remote,
            Discovery discovery,
            ApprovedPlans approved,
            StateBefore before,
            ManifestInstaller installer) {
        this.clusters = clusters;
        this.primary = primary;
        this.remote = remote;
        this.discovery = discovery;
        this.approved = approved;
        this.before = before;
        this.installer = installer;
    }

    /** The CRDs, and the roles of istiod and of the readers. */
    public List<AppliedObject> installBase(Mesh mesh, ClusterName name) {
        return install(mesh, clusters.get(name), object -> BASE.contains(object.getKind()));
    }

    /**
     * Makes this revision the default for namespaces and configuration without a revision: the tag, and its validation.
     *
     * @throws io.meshspan.finding.StepFailed PLAN_MOVED if it is not what was approved
     */
    List<AppliedObject> makeDefault(String change, Mesh mesh, Cluster cluster) {
        ChangeKind kind = new ChangeKind.Upgrade(mesh.replaced().orElseThrow().version(), mesh.version());
        approved.confirm(change, kind, cluster.name(), DEFAULT);
        before.keep(change, mesh, List.of(cluster.name()), DEFAULT);
        Set<ObjectRef> planned = approved.objects(change, cluster.name(), Step.DEFAULT_REVISION).stream()
                .map(PlannedObject::object)
                .collect(Collectors.toSet());
        return install(mesh.settled(), cluster, object -> planned.contains(ObjectRef.of(object)));
    }

    private List<AppliedObject> install(Mesh mesh, Cluster cluster, Predicate<HasMetadata> these) {
        Member member = mesh.member(cluster.name());
        List<HasMetadata> all = member.role() == Role.PRIMARY
                ? primary.desired(mesh, member)
                : remote.desired(mesh, member, discovery.of(mesh, member));
        return installer.install(cluster, all.stream().filter(these).toList());
    }
}

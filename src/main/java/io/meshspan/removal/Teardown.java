package io.meshspan.removal;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.remotesecret.RemoteSecrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Deletes, phase by phase, what a change was approved to delete, or what it was approved to create if it is rolled back. It
 * deletes nothing else, and only what still belongs to Meshspan. Remotes are done before the primaries that serve them.
 */
@Component
public final class Teardown {

    private static final Set<ApplyOutcome> REMOVED = Set.of(ApplyOutcome.DELETED, ApplyOutcome.PATCHED);

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final RollBackObjects rollBackObjects;
    private final CrdsInUse kinds;

    Teardown(Clusters clusters, ApprovedPlans approved, RollBackObjects rollBackObjects, CrdsInUse kinds) {
        this.clusters = clusters;
        this.approved = approved;
        this.rollBackObjects = rollBackObjects;
        this.kinds = kinds;
    }

    /** Each object with DELETED, UNCHANGED if it is gone, or KEPT if it belongs to somebody else now; may be repeated. */
    public List<AppliedObject> take(String change, ChangeKind kind, Phase phase) {
        Mesh mesh = approved.mesh(change);
        if (phase == Phase.CRDS && removes(kind)) {
            kinds.requireRead(change);
        }
        List<AppliedObject> applied = new ArrayList<>(inEach(change, mesh, kind, phase, mesh.remotes()));
        applied.addAll(inEach(change, mesh, kind, phase, mesh.primaries()));
        return applied;
    }

    private List<AppliedObject> inEach(
            String change, Mesh mesh, ChangeKind kind, Phase phase, Collection<Member> members) {
        List<ClusterName> names = members.stream().map(Member::cluster).toList();
        return Clusters.joined(clusters.inEach(names, cluster -> take(change, mesh, kind, phase, cluster)));
    }

    private List<AppliedObject> take(String change, Mesh mesh, ChangeKind kind, Phase phase, Cluster cluster) {
        List<ObjectRef> meant = meant(change, mesh, kind, phase, cluster);
        if (meant.isEmpty()) {
            return List.of();
        }
        approved.requireSame(change, cluster);
        List<FoundObject> ours = new OwnedObjects(cluster, mesh.id()).objects();
        Set<ObjectRef> there = ours.stream().map(FoundObject::object).collect(Collectors.toSet());
        Set<ObjectRef> kept = kept(change, removes(kind) && phase == Phase.CRDS, cluster, meant, there);
        return meant.stream()
                .map(object -> object.equals(SystemNamespace.REF)
                        ? new SystemNamespace(cluster, mesh.id()).takeBack(ours)
                        : delete(cluster, object, there, kept))
                .toList();
    }

    /** The existing objects that do not belong to this mesh or that others may need. */
    private Set<ObjectRef> kept(
            String change, boolean kindsGo, Cluster cluster, List<ObjectRef> meant, Set<ObjectRef> ours) {
        List<ObjectRef> others =
                meant.stream().filter(object -> !ours.contains(object)).toList();
        Set<ObjectRef> kept = new HashSet<>(cluster.states(others).keySet());
        if (kindsGo) {
            kept.addAll(kinds.staying(change, cluster, meant));
        }
        return kept;
    }

    private List<ObjectRef> meant(String change, Mesh mesh, ChangeKind kind, Phase phase, Cluster cluster) {
        List<ObjectRef> meant = removes(kind)
                ? removed(change, cluster.name())
                : rollBackObjects.meant(
                        change, mesh, cluster, object -> Phase.of(object) == phase && !isNewToken(kind, object));
        return meant.stream()
                .filter(object -> Phase.of(object) == phase)
                .sorted(Comparator.comparingInt(object -> TeardownOrder.of(object.kind())))
                .toList();
    }

    private static boolean removes(ChangeKind kind) {
        return kind.removes().isPresent();
    }

    /** The remote secrets read with it until they are restored; it goes then. */
    private static boolean isNewToken(ChangeKind kind, ObjectRef object) {
        return kind instanceof Rotate && RemoteSecrets.isReaderToken(object);
    }

    private List<ObjectRef> removed(String change, ClusterName cluster) {
        return approved.lastOutcomes(change, cluster).entrySet().stream()
                .filter(planned -> REMOVED.contains(planned.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static AppliedObject delete(Cluster cluster, ObjectRef object, Set<ObjectRef> there, Set<ObjectRef> kept) {
        if (kept.contains(object)) {
            return new AppliedObject(cluster.name(), object, ApplyOutcome.KEPT);
        }
        return there.contains(object)
                ? cluster.delete(object.reference())
                : new AppliedObject(cluster.name(), object, ApplyOutcome.UNCHANGED);
    }
}

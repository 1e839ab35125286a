package io.meshspan.removal;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.rollback.StateBefore;
import io.meshspan.trust.MeshTrust;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The objects that a rollback deletes in a cluster: those that the change was approved to create and that did not exist
 * before, what it needed to get a certificate signed, and those that its istiod wrote.
 */
@Component
final class RollBackObjects {

    private final ApprovedPlans approved;
    private final StateBefore before;

    RollBackObjects(ApprovedPlans approved, StateBefore before) {
        this.approved = approved;
        this.before = before;
    }

    List<ObjectRef> meant(String change, Mesh mesh, Cluster cluster) {
        return meant(change, mesh, cluster, object -> true);
    }

    /** Checks only these, because the check of a kind reads its definition and its objects. */
    List<ObjectRef> meant(String change, Mesh mesh, Cluster cluster, Predicate<ObjectRef> these) {
        List<ObjectRef> created = created(change, cluster);
        Stream<ObjectRef> written = created.stream().anyMatch(RollBackObjects::writes)
                ? new OwnedObjects(cluster, mesh.id())
                        .istiods()
                        .map(FoundObject::object)
                        .filter(object -> isOfThisChange(mesh, object))
                : Stream.of();
        return Stream.of(created.stream(), requested(created, mesh, cluster), written)
                .flatMap(part -> part)
                .distinct()
                .filter(these)
                .filter(object -> !CrdInUse.of(cluster, object).used())
                .toList();
    }

    /** The key of a certificate that was requested, and is not written: no plan has it. The request goes with it. */
    private static Stream<ObjectRef> requested(List<ObjectRef> created, Mesh mesh, Cluster cluster) {
        return created.contains(MeshTrust.CACERTS)
                ? cluster.found("v1", "Secret", new ApplySet(mesh.id()).membership()).stream()
                        .map(FoundObject::object)
                        .filter(MeshTrust.REQUEST_KEY::equals)
                : Stream.of();
    }

    /** The sample's objects are deleted with their namespace. */
    private List<ObjectRef> created(String change, Cluster cluster) {
        Set<ObjectRef> kept = before.kept(change, cluster);
        return approved.outcomes(change, cluster.name()).entrySet().stream()
                .filter(planned -> planned.getValue() == ApplyOutcome.CREATED)
                .map(Map.Entry::getKey)
                .filter(object -> object.namespace() == null || Phase.ISTIO_SYSTEM.equals(object.namespace()))
                .filter(object -> !kept.contains(object))
                .toList();
    }

    /** Beside the new istiod of an upgrade runs the older one, which needs what both write. */
    private static boolean isOfThisChange(Mesh mesh, ObjectRef object) {
        return !mesh.isUpgrade() || object.name().endsWith("-" + mesh.revision());
    }

    /** A webhook means that an istiod, here or elsewhere, writes its root into every namespace. */
    private static boolean writes(ObjectRef object) {
        return object.kind().equals("MutatingWebhookConfiguration");
    }
}

package io.meshspan.upgrade;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MemberKind;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import io.meshspan.plan.UpgradeActions;
import io.meshspan.workload.RestartableWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Plans what an upgrade does besides applying charts: moves of namespaces, restarts of workloads, removal of the older
 * revision.
 */
@Component
final class UpgradeObjects implements UpgradeActions {

    /**
     * Never deleted: a CRD, because its objects would be deleted, too, and Secrets, which have the mesh's trust and
     * access.
     */
    private static final Set<String> NEVER = Set.of("CustomResourceDefinition", "Secret");

    @Override
    public List<PlannedObject> of(Mesh mesh, Cluster cluster, Set<ObjectRef> wanted) {
        List<PlannedObject> objects = new ArrayList<>();
        if (mesh.isUpgrade()) {
            objects.addAll(moves(mesh, cluster, wanted));
        }
        old(mesh, cluster, wanted).map(UpgradeObjects::deleted).forEach(objects::add);
        return objects;
    }

    private static List<PlannedObject> moves(Mesh mesh, Cluster cluster, Set<ObjectRef> wanted) {
        List<PlannedObject> objects = new ArrayList<>();
        InjectedNamespaces.of(cluster, mesh, wanted).forEach(namespace -> {
            if (NamespaceMove.applies(mesh, namespace)) {
                objects.add(moved(mesh, namespace));
            }
            namespace.workloads().stream()
                    .filter(workload -> workload.isElsewhere(mesh.revision().value()))
                    .map(UpgradeObjects::restarted)
                    .forEach(objects::add);
        });
        return objects;
    }

    private static PlannedObject moved(Mesh mesh, InjectedNamespace namespace) {
        return planned(
                Step.NAMESPACE_REVISION,
                NamespaceMove.ref(namespace.name()),
                ApplyOutcome.PATCHED,
                NamespaceMove.changes(namespace, mesh.revision().value()),
                "when its wave comes");
    }

    private static PlannedObject restarted(InjectedWorkload workload) {
        return planned(
                Step.WORKLOAD_RESTART,
                workload.object(),
                ApplyOutcome.PATCHED,
                List.of(new FieldChange(
                        "spec.template.metadata.annotations." + RestartableWorkload.RESTARTED_AT,
                        "as it is",
                        "the time of its restart")),
                "restarts in the wave of its namespace");
    }

    private static PlannedObject deleted(ObjectRef object) {
        return planned(Step.OLD_REVISION, object, ApplyOutcome.DELETED, List.of(), "after the acceptance");
    }

    private static PlannedObject planned(
            Step step, ObjectRef object, ApplyOutcome outcome, List<FieldChange> changes, String note) {
        return new PlannedObject(step, object, outcome, changes, "", false, true, note, null);
    }

    /**
     * Everything that Meshspan made for this mesh and that is not part of the new revision. An EndpointSlice has the
     * labels of its Service and goes with it, if that goes.
     */
    private static Stream<ObjectRef> old(Mesh mesh, Cluster cluster, Set<ObjectRef> wanted) {
        Map<String, String> ours = new ApplySet(mesh.id()).membership();
        return MemberKind.all().stream()
                .filter(kind -> !NEVER.contains(kind.kind()))
                .flatMap(kind -> cluster.found(kind.apiVersion(), kind.kind(), ours).stream())
                .filter(found -> !found.owned())
                .map(FoundObject::object)
                .filter(object -> wanted.stream().noneMatch(kept -> isSame(kept, object)));
    }

    /** Charts may name another version of the same kind. */
    private static boolean isSame(ObjectRef one, ObjectRef two) {
        return one.kind().equals(two.kind())
                && one.name().equals(two.name())
                && String.valueOf(one.namespace()).equals(String.valueOf(two.namespace()));
    }
}

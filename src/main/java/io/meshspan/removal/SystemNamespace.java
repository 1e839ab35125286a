package io.meshspan.removal;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MeshNamespaces;
import io.meshspan.mesh.MeshId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The namespace istio-system. Meshspan deletes it only if it created it and nothing of others is in it. */
final class SystemNamespace {

    static final ObjectRef REF = new ObjectRef("v1", "Namespace", null, Phase.ISTIO_SYSTEM);

    private static final String MANAGER = "meshspan";
    private static final Set<String> MARKS =
            Set.of("topology.istio.io/network", "topology.istio.io/controlPlaneClusters");

    /** The objects that an API server and its controllers create in every namespace. */
    private static final Set<String> EVERYWHERE =
            Set.of("ServiceAccount default", "ConfigMap kube-root-ca.crt", "Lease meshspan-change");

    private static final Set<String> FOLLOWS = Set.of("Event", "Endpoints", "EndpointSlice", "PodMetrics");

    private final Cluster cluster;
    private final MeshId mesh;

    SystemNamespace(Cluster cluster, MeshId mesh) {
        this.cluster = cluster;
        this.mesh = mesh;
    }

    /** Empty if the namespace does not exist, has no marks of Meshspan, or is needed unchanged by another mesh. */
    Optional<OwnedObject> belonging(Collection<FoundObject> ours) {
        Optional<FoundObject> live = live();
        if (live.isEmpty() || needed()) {
            return Optional.empty();
        }
        return made(live.get()) && foreign(ours).isEmpty()
                ? live.map(OwnedObject::deleted)
                : live.map(SystemNamespace::marks)
                        .filter(marks -> !marks.isEmpty())
                        .map(marks -> new OwnedObject(REF, ApplyOutcome.PATCHED, marks, "it is not Meshspan's alone"));
    }

    private boolean stays() {
        return live().isPresent() && needed();
    }

    /** Every mesh in the cluster uses its network and its control plane. */
    private boolean needed() {
        return ControlPlanes.foreign(cluster, new ApplySet(mesh))
                || !new MeshNamespaces(cluster, mesh).others().isEmpty();
    }

    /** Deletes it, or removes what Meshspan wrote into it. */
    AppliedObject takeBack(Collection<FoundObject> ours) {
        return belonging(ours)
                .map(belonging ->
                        belonging.outcome() == ApplyOutcome.DELETED ? cluster.delete(bare()) : cluster.apply(bare()))
                .orElseGet(() ->
                        new AppliedObject(cluster.name(), REF, stays() ? ApplyOutcome.KEPT : ApplyOutcome.UNCHANGED));
    }

    /** Its content that is not ours and not in every namespace. */
    List<ObjectRef> foreign(Collection<FoundObject> ours) {
        Set<ObjectRef> known = ours.stream().map(FoundObject::object).collect(Collectors.toSet());
        return cluster.contents(Phase.ISTIO_SYSTEM).stream()
                .filter(found -> !found.owned())
                .map(FoundObject::object)
                .filter(object -> !FOLLOWS.contains(object.kind()))
                .filter(object -> !EVERYWHERE.contains(object.kind() + " " + object.name()))
                .filter(object -> known.stream().noneMatch(other -> same(object, other)))
                .toList();
    }

    /** Ignores the version: a kind may be listed in another version than the requested one. */
    private static boolean same(ObjectRef one, ObjectRef other) {
        return one.kind().equals(other.kind())
                && one.name().equals(other.name())
                && Phase.ISTIO_SYSTEM.equals(other.namespace());
    }

    Optional<FoundObject> live() {
        return cluster.found("v1", "Namespace", Map.of()).stream()
                .filter(found -> found.object().name().equals(Phase.ISTIO_SYSTEM))
                .findFirst();
    }

    private static boolean made(FoundObject namespace) {
        return namespace.managers().equals(List.of(MANAGER));
    }

    private static List<FieldChange> marks(FoundObject namespace) {
        boolean written = namespace.managers().contains(MANAGER);
        return MARKS.stream()
                .sorted()
                .filter(mark -> written)
                .filter(mark -> namespace.labels().containsKey(mark)
                        || namespace.annotations().containsKey(mark))
                .map(mark -> new FieldChange(mark, "set", "nothing"))
                .toList();
    }

    private static Namespace bare() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(Phase.ISTIO_SYSTEM)
                .endMetadata()
                .build();
    }
}

package io.meshspan.removal;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MemberKind;
import io.meshspan.manifest.MeshNamespaces;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.MeshId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the objects of a mesh in a cluster, read from the cluster: only what Meshspan made and what its istiod wrote. */
final class OwnedObjects {

    private static final Map<String, String> BY_ISTIOD = Map.of("istio.io/config", "true");
    private static final Set<String> ROOTS = Set.of("istio-ca-root-cert", "istio-ca-crl");
    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
    private static final String CONFIG_MAP = "ConfigMap";

    private final Cluster cluster;
    private final MeshId mesh;
    private final ApplySet set;

    OwnedObjects(Cluster cluster, MeshId mesh) {
        this.cluster = cluster;
        this.mesh = mesh;
        this.set = new ApplySet(mesh);
    }

    /** Everything including the namespace; CRDs only on request. The sample's namespace includes its content. */
    List<OwnedObject> all(boolean crds) {
        List<FoundObject> objects = objects();
        Set<String> leaving = objects.stream()
                .map(FoundObject::object)
                .filter(object -> object.kind().equals("Namespace"))
                .map(ObjectRef::name)
                .collect(Collectors.toSet());
        Stream<OwnedObject> namespaced = objects.stream()
                .filter(found -> !found.object().kind().equals("CustomResourceDefinition"))
                .filter(found -> found.object().namespace() == null
                        || !leaving.contains(found.object().namespace()))
                .map(OwnedObject::deleted);
        Stream<OwnedObject> definitions = crds ? definitions(objects) : Stream.of();
        return Stream.of(namespaced, new SystemNamespace(cluster, mesh).belonging(objects).stream(), definitions)
                .flatMap(part -> part)
                .sorted(Comparator.comparing(OwnedObject::phase)
                        .thenComparing(b -> TeardownOrder.of(b.object().kind())))
                .toList();
    }

    /** The mesh's access to these clusters. */
    List<OwnedObject> accessTo(Collection<Member> others) {
        Set<String> names = others.stream().map(Member::remoteSecret).collect(Collectors.toSet());
        return cluster.found("v1", "Secret", set.membership()).stream()
                .filter(found -> names.contains(found.object().name()))
                .map(OwnedObject::deleted)
                .toList();
    }

    /** All objects except the namespace istio-system, which others may use, too. */
    List<FoundObject> objects() {
        return Stream.of(members(), parent(), sample(), istiods())
                .flatMap(found -> found)
                .toList();
    }

    Stream<FoundObject> members() {
        return MemberKind.all().stream()
                .flatMap(kind -> cluster.found(kind.apiVersion(), kind.kind(), set.membership()).stream());
    }

    private Stream<FoundObject> parent() {
        return cluster.found("v1", CONFIG_MAP, set.parenthood()).stream();
    }

    private Stream<FoundObject> sample() {
        return new MeshNamespaces(cluster, mesh).all().stream();
    }

    /** The objects that istiod wrote into the cluster, unless another istiod may still use them. */
    Stream<FoundObject> istiods() {
        if (ControlPlanes.foreign(cluster, set)) {
            return Stream.of();
        }
        Stream<FoundObject> roots = cluster.found("v1", CONFIG_MAP, BY_ISTIOD).stream()
                .filter(found -> ROOTS.contains(found.object().name()));
        Stream<FoundObject> leaders = cluster.found("v1", CONFIG_MAP, Map.of()).stream()
                .filter(found -> Phase.ISTIO_SYSTEM.equals(found.object().namespace()))
                .filter(found -> found.annotations().containsKey(LEADER));
        return Stream.of(roots, leaders, leases()).flatMap(found -> found);
    }

    /** Whether istiod itself writes and deletes it, when namespaces and istiod's replicas come and go. */
    static boolean comesAndGoes(ObjectRef object) {
        boolean leader = object.name().endsWith("leader") || object.name().endsWith("election");
        return object.kind().equals("Lease")
                || (object.kind().equals(CONFIG_MAP) && (leader || ROOTS.contains(object.name())));
    }

    /** The replicas of an istiod use it to agree on who does what. */
    private Stream<FoundObject> leases() {
        return cluster.found("coordination.k8s.io/v1", "Lease", Map.of()).stream()
                .filter(found -> Phase.ISTIO_SYSTEM.equals(found.object().namespace()))
                .filter(found -> found.object().name().startsWith("istio-"));
    }

    /** The plan lists the mesh's own objects of a kind separately. */
    private Stream<OwnedObject> definitions(List<FoundObject> objects) {
        Set<String> ours =
                objects.stream().map(found -> found.object().toString()).collect(Collectors.toSet());
        return objects.stream()
                .filter(found -> found.object().kind().equals("CustomResourceDefinition"))
                .map(found -> OwnedObject.deleted(
                        found,
                        CrdInUse.of(cluster, found.object()).without(ours).inWords()));
    }
}

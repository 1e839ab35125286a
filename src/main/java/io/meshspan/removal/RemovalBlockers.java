package io.meshspan.removal;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MemberKind;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands in the way of a removal in one cluster of the mesh. */
final class RemovalBlockers {

    private static final String CONTROL_PLANES = "topology.istio.io/controlPlaneClusters";
    private static final String SIDECAR = "sidecar.istio.io/status";

    private final Cluster cluster;
    private final Mesh mesh;
    private final Removal removal;

    RemovalBlockers(Cluster cluster, Mesh mesh, Removal removal) {
        this.cluster = cluster;
        this.mesh = mesh;
        this.removal = removal;
    }

    List<Finding> all() {
        Stream<Optional<Finding>> findings = removal.takesOut(cluster.name())
                ? Stream.of(rights(), workloads(), nothing(), sharedKinds())
                : Stream.of(rights(), served());
        return findings.flatMap(Optional::stream).toList();
    }

    private Optional<Finding> rights() {
        List<Access> wanted =
                MemberKind.usual().stream().map(kind -> kind.access("delete")).toList();
        List<Access> denied = cluster.denied(wanted);
        return denied.isEmpty()
                ? Optional.empty()
                : Optional.of(blocking(
                        "rights of this service",
                        "the rights to " + denied.stream().map(Access::toString).collect(Collectors.joining(", ")),
                        "no such rights",
                        "Grant them to the user of this cluster's context, then try again."));
    }

    /** A sidecar outlives its control plane, but only until its certificate ends or its pod is replaced. */
    private Optional<Finding> workloads() {
        Set<String> sample =
                cluster.found("v1", "Namespace", Map.of("app.kubernetes.io/managed-by", "meshspan")).stream()
                        .map(found -> found.object().name())
                        .collect(Collectors.toSet());
        Set<String> namespaces = cluster.found("v1", "Pod", Map.of()).stream()
                .filter(found -> found.annotations().containsKey(SIDECAR))
                .map(found -> String.valueOf(found.object().namespace()))
                .filter(name -> !name.equals(Phase.ISTIO_SYSTEM) && !sample.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        return namespaces.isEmpty() ? Optional.empty() : Optional.of(injected(namespaces));
    }

    private Finding injected(Set<String> namespaces) {
        return new Finding(
                removal.evenIfInjected() ? Severity.WARNING : Severity.BLOCKING,
                cluster.name().value(),
                "workloads",
                "no pod with a sidecar of the mesh",
                "such pods in the namespaces " + namespaces,
                "Take the namespaces' injection labels away and restart the workloads, or ask for the removal even if"
                        + " there are injected workloads: they then lose their control plane, and new pods come without"
                        + " a sidecar.");
    }

    private Optional<Finding> nothing() {
        boolean none =
                new OwnedObjects(cluster, mesh.id()).members().findFirst().isEmpty();
        return none
                ? Optional.of(Finding.note(
                        cluster.name().value(),
                        "mesh " + mesh.id(),
                        "objects that Meshspan made",
                        "none",
                        "Nothing will be deleted there; check the mesh ID if that is unexpected."))
                : Optional.empty();
    }

    private Optional<Finding> sharedKinds() {
        return removal.crds() && ControlPlanes.foreign(cluster, new ApplySet(mesh.id()))
                ? Optional.of(blocking(
                        "Istio's CRDs",
                        "no other control plane that uses them",
                        "another one in this cluster",
                        "Leave the CRDs, or remove the other control plane first."))
                : Optional.empty();
    }

    /** A remote whose control plane goes could start no pod any more. */
    private Optional<Finding> served() {
        return new SystemNamespace(cluster, mesh.id())
                .live()
                .map(FoundObject::annotations)
                .map(annotations -> annotations.get(CONTROL_PLANES))
                .filter(served -> removal.clusters().stream()
                        .map(name -> mesh.member(name).istioName().value())
                        .anyMatch(List.of(served.split(","))::contains))
                .map(served -> blocking(
                        "control plane",
                        "one that stays",
                        served + ", which is to be taken out",
                        "Take this remote out, too, or give it another control plane first."));
    }

    private Finding blocking(String what, String expected, String found, String advice) {
        return Finding.blocking(cluster.name().value(), what, expected, found, advice);
    }
}

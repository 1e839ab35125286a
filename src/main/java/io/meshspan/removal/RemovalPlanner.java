package io.meshspan.removal;

import io.meshspan.change.Removal;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MemberKind;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.ClusterPlan;
import io.meshspan.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds what a removal would do and what prevents it. Changes nothing. */
@Component
public final class RemovalPlanner {

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final ClusterLeases leases;

    RemovalPlanner(Clusters clusters, ApprovedPlans approved, ClusterLeases leases) {
        this.clusters = clusters;
        this.approved = approved;
        this.leases = leases;
    }

    /**
     * Everything that an approver should know.
     *
     * @throws StepFailed PREFLIGHT_FAILED with all findings if one of them is blocking
     */
    public Findings check(Mesh mesh, Removal removal) {
        List<Finding> all = new ArrayList<>();
        clusters.inEach(
                        mesh.clusters(),
                        cluster -> new RemovalBlockers(cluster, mesh, removal, leases.permissions()).all())
                .values()
                .forEach(all::addAll);
        Findings findings = new Findings(all);
        if (findings.blocking()) {
            throw new StepFailed(FailureCode.PREFLIGHT_FAILED, findings.grouped());
        }
        return findings;
    }

    /** The objects one by one, read from the clusters. */
    public Plan plan(Mesh mesh, Removal removal) {
        return new Plan(
                mesh,
                List.copyOf(clusters.inEach(mesh.clusters(), cluster -> plan(mesh, removal, cluster))
                        .values()));
    }

    /** Whether the clusters have changed since the approval of this removal: then a person must approve again. */
    public boolean drifted(String change, Mesh mesh, Removal removal) {
        return drift(change, plan(mesh, removal)).isPresent();
    }

    /** The differences since the approval of this removal, as Markdown; empty if there are none. */
    public Optional<String> drift(String change, Plan now) {
        return approved.drift(change, now, OwnedObjects::comesAndGoes);
    }

    private static ClusterPlan plan(Mesh mesh, Removal removal, Cluster cluster) {
        OwnedObjects there = new OwnedObjects(cluster, mesh.id());
        List<OwnedObject> gone = removal.takesOut(cluster.name())
                ? there.all(removal.crds())
                : there.accessTo(removal.clusters().stream().map(mesh::member).toList());
        return new ClusterPlan(
                mesh.member(cluster.name()),
                cluster.uid(),
                gone.stream().map(OwnedObject::planned).toList(),
                Map.of());
    }

    /** Everything that prevents a removal in one cluster of the mesh. */
    private static final class RemovalBlockers {

        private static final String CONTROL_PLANES = "topology.istio.io/controlPlaneClusters";
        private static final String SIDECAR = "sidecar.istio.io/status";

        private final Cluster cluster;
        private final Mesh mesh;
        private final Removal removal;
        private final List<Access> toHold;

        RemovalBlockers(Cluster cluster, Mesh mesh, Removal removal, List<Access> toHold) {
            this.cluster = cluster;
            this.mesh = mesh;
            this.removal = removal;
            this.toHold = toHold;
        }

        List<Finding> all() {
            Stream<Optional<Finding>> findings = removal.takesOut(cluster.name())
                    ? Stream.of(rights(), workloads(), nothing(), sharedKinds())
                    : Stream.of(rights(), served());
            return findings.flatMap(Optional::stream).toList();
        }

        private Optional<Finding> rights() {
            // istiod leaves a ConfigMap in every namespace, and its Leases in its own
            Stream<Access> leftovers = Stream.of(
                    new Access("delete", "", "configmaps", ""),
                    new Access("delete", "coordination.k8s.io", "leases", Phase.ISTIO_SYSTEM));
            Stream<Access> namespace =
                    Stream.of("get", "patch", "delete").map(verb -> new Access(verb, "", "namespaces", ""));
            Stream<Access> members = MemberKind.usual().stream().map(kind -> kind.access("delete"));
            List<Access> wanted = Stream.of(members, leftovers, namespace, toHold.stream())
                    .flatMap(rights -> rights)
                    .distinct()
                    .toList();
            List<Access> denied = cluster.denied(wanted);
            return denied.isEmpty()
                    ? Optional.empty()
                    : Optional.of(blocking(
                            "rights of this service",
                            "the rights to "
                                    + denied.stream().map(Access::toString).collect(Collectors.joining(", ")),
                            "no such rights",
                            "Grant them to the user of this cluster's context, then try again."));
        }

        /** A sidecar works without its control plane only until its certificate expires or its pod is replaced. */
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

        /** A remote without a control plane could not start any pod. */
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
}

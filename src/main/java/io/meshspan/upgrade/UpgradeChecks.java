package io.meshspan.upgrade;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import io.meshspan.workload.RestartStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Findings about settings, proxies and the workloads that an upgrade will move. Read-only. */
@Component
public final class UpgradeChecks {

    private static final List<String> WORKLOADS = List.of("deployments", "statefulsets", "daemonsets");

    private final Clusters clusters;
    private final SettingChecks settings;

    UpgradeChecks(Clusters clusters, SettingChecks settings) {
        this.clusters = clusters;
        this.settings = settings;
    }

    /** @throws StepFailed PREFLIGHT_FAILED with all findings if one of them is blocking */
    public List<Finding> check(Mesh mesh) {
        List<Finding> findings = new ArrayList<>(settings.ofValues(mesh));
        clusters.inEach(mesh.clusters(), cluster -> settings.inCluster(mesh, cluster))
                .values()
                .forEach(findings::addAll);
        findings.addAll(ProxySkew.findings(mesh, clusters.inEach(mesh.primaryClusters(), ConnectedProxies::of)));
        if (mesh.isUpgrade()) {
            clusters.inEach(mesh.clusters(), cluster -> inCluster(mesh, cluster))
                    .values()
                    .forEach(findings::addAll);
        }
        if (new Findings(findings).blocking()) {
            throw new StepFailed(FailureCode.PREFLIGHT_FAILED, new Findings(findings).grouped());
        }
        return findings;
    }

    private static List<Finding> inCluster(Mesh mesh, Cluster cluster) {
        List<InjectedNamespace> namespaces = InjectedNamespaces.of(cluster, mesh, Set.of());
        List<Finding> findings = new ArrayList<>(rights(cluster));
        namespaces.forEach(namespace -> {
            foreignTag(mesh, cluster, namespace).ifPresent(findings::add);
            otherPods(cluster, namespace).ifPresent(findings::add);
            noLabel(mesh, cluster, namespace).ifPresent(findings::add);
        });
        findings.addAll(restarts(cluster, namespaces));
        findings.addAll(budgets(cluster, namespaces));
        return findings;
    }

    private static Optional<Finding> foreignTag(Mesh mesh, Cluster cluster, InjectedNamespace namespace) {
        boolean ownTag = mesh.replaced().orElseThrow().defaultTag();
        return namespace
                .tag()
                .filter(tag -> !(ownTag && tag.equals(InjectedNamespaces.DEFAULT)))
                .map(tag -> warning(
                        cluster,
                        namespace,
                        "a label that names a revision, or the mesh's own tag",
                        "tag %s, which Meshspan did not set".formatted(tag),
                        "Move the tag yourself while the upgrade waits for its waves: istioctl tag set %s --revision %s"
                                        .formatted(tag, mesh.revision())
                                + " --overwrite. The namespace is offered then, for the restart of its workloads."));
    }

    private static Optional<Finding> otherPods(Cluster cluster, InjectedNamespace namespace) {
        return namespace.otherPods() == 0
                ? Optional.empty()
                : Optional.of(warning(
                        cluster,
                        namespace,
                        "pods that belong to a Deployment, StatefulSet or DaemonSet",
                        "%d with a proxy that do not".formatted(namespace.otherPods()),
                        "Restart or delete them yourself before the older revision goes: jobs end, single pods stay."));
    }

    private static Optional<Finding> noLabel(Mesh mesh, Cluster cluster, InjectedNamespace namespace) {
        return namespace.revision().isPresent() || namespace.workloads().isEmpty()
                ? Optional.empty()
                : Optional.of(warning(
                        cluster,
                        namespace,
                        "a label by which its workloads find their revision",
                        "workloads with a proxy and no such label",
                        "Label it istio.io/rev=%s when its turn comes, and restart its workloads."
                                .formatted(mesh.replaced().orElseThrow().label())));
    }

    private static Finding warning(
            Cluster cluster, InjectedNamespace namespace, String expected, String found, String advice) {
        return Finding.warning(cluster.name().value(), "Namespace " + namespace.name(), expected, found, advice);
    }

    private static List<Finding> restarts(Cluster cluster, List<InjectedNamespace> namespaces) {
        String where = cluster.name().value();
        List<InjectedWorkload> workloads =
                namespaces.stream().flatMap(n -> n.workloads().stream()).toList();
        return Stream.of(
                        RestartStrategy.warning(
                                where,
                                which(workloads, w -> w.pinned().isPresent()),
                                "pod templates that name no revision",
                                "istio.io/rev in the templates of %s",
                                "Take the label out of the template, or change it when the workload's turn comes."),
                        RestartStrategy.warning(
                                where,
                                which(workloads, w -> !w.strategy().inPlace()),
                                "an update strategy that replaces pods",
                                "OnDelete of %s",
                                "Delete their pods one by one when their turn comes."),
                        RestartStrategy.gapWarning(
                                where,
                                which(workloads, w -> w.strategy().gap()),
                                "They answer nobody for a moment. Choose their wave accordingly."))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Stream<ObjectRef> which(List<InjectedWorkload> workloads, Predicate<InjectedWorkload> which) {
        return workloads.stream().filter(which).map(InjectedWorkload::object);
    }

    private static List<Finding> budgets(Cluster cluster, List<InjectedNamespace> namespaces) {
        return namespaces.stream()
                .filter(namespace -> !namespace.workloads().isEmpty())
                .flatMap(namespace -> cluster.list(PodDisruptionBudget.class, namespace.name(), Map.of()).stream())
                .filter(budget -> budget.getStatus() != null
                        && Objects.requireNonNullElse(budget.getStatus().getExpectedPods(), 0) > 0
                        && Objects.requireNonNullElse(budget.getStatus().getDisruptionsAllowed(), 0) == 0)
                .map(budget -> Finding.warning(
                        cluster.name().value(),
                        "PodDisruptionBudget %s/%s"
                                .formatted(
                                        budget.getMetadata().getNamespace(),
                                        budget.getMetadata().getName()),
                        "one that allows a disruption",
                        "none allowed now",
                        "A restart goes by the workload's own strategy (maxUnavailable), not by this budget. Make sure that"
                                + " the strategy keeps enough pods, or leave the workload to the last wave."))
                .toList();
    }

    private static List<Finding> rights(Cluster cluster) {
        return Access.missing(
                cluster,
                Stream.concat(
                                WORKLOADS.stream().map(kind -> new Access("patch", "apps", kind, "")),
                                Stream.of(new Access("patch", "", "namespaces", "")))
                        .toList());
    }
}

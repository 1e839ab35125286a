package io.meshspan.rotation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.audit.Changes;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.RotatedCredential;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.controlplane.IstiodRestart;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.ClusterNames;
import io.meshspan.rollback.StateBefore;
import io.meshspan.trust.MeshTrust;
import io.meshspan.trust.RootPhase;
import io.meshspan.trust.RootRotation;
import io.meshspan.workload.ProxiedWorkloads;
import io.meshspan.workload.ProxiedWorkloads.OtherPod;
import io.meshspan.workload.ProxiedWorkloads.Workload;
import io.meshspan.workload.RestartStrategy;
import io.meshspan.workload.RestartableWorkload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Takes a mesh from one phase of a change of its root to the next, or back: {@code cacerts}, istiod, and the workloads, which
 * learn the trusted roots only with a new certificate. Each step can run twice.
 */
@Component
public final class RootPhases {

    /** The subject of the records that say which phase was begun. */
    public static final String SUBJECT = "phase of the root's change";

    /** The longest lifetime of a proxy's certificate: what proxies ask for, and Istio's default. */
    private static final Duration WORKLOAD_CERTIFICATE = Duration.ofHours(24);

    /** The clocks of an API server and of this service differ by less: the preflight refuses more. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clusters clusters;
    private final RootRotation roots;
    private final IstiodRestart istiods;
    private final ApprovedPlans approved;
    private final StateBefore before;
    private final Changes changes;

    RootPhases(
            Clusters clusters,
            RootRotation roots,
            IstiodRestart istiods,
            ApprovedPlans approved,
            StateBefore before,
            Changes changes) {
        this.clusters = clusters;
        this.roots = roots;
        this.istiods = istiods;
        this.approved = approved;
        this.before = before;
        this.changes = changes;
    }

    /** What prevents the change, and what people should know of its restarts. Changes nothing. */
    public List<Finding> check(String change, Mesh mesh) {
        List<Finding> findings = new ArrayList<>(roots.check(change, mesh));
        clusters.inEach(mesh.clusters(), RootPhases::check).values().forEach(findings::addAll);
        return findings;
    }

    private static List<Finding> check(Cluster cluster) {
        List<Finding> findings = new ArrayList<>();
        ProxiedWorkloads proxied = ProxiedWorkloads.in(cluster);
        List<OtherPod> others = proxied.otherPods();
        if (!others.isEmpty()) {
            findings.add(
                    Finding.warning(
                            cluster.name().value(),
                            "pods with a proxy",
                            "pods of Deployments, StatefulSets and DaemonSets, which can be restarted",
                            "%d others, such as %s"
                                    .formatted(others.size(), others.get(0).pod()),
                            "Delete them when a phase asks for it, or give them a day to renew their certificates by themselves."));
        }
        String where = cluster.name().value();
        RestartStrategy.warning(
                        where,
                        restarted(proxied, strategy -> !strategy.inPlace()),
                        "a strategy that replaces pods",
                        "OnDelete of %s",
                        "Delete their pods one by one when a phase asks for it.")
                .ifPresent(findings::add);
        RestartStrategy.gapWarning(
                        where,
                        restarted(proxied, RestartStrategy::gap),
                        "They answer nobody for a moment in the first two phases. Change their strategy, or choose the time accordingly.")
                .ifPresent(findings::add);
        return findings;
    }

    private static Stream<ObjectRef> restarted(ProxiedWorkloads proxied, Predicate<RestartStrategy> which) {
        return proxied.workloads().stream()
                .filter(workload -> which.test(workload.strategy()))
                .map(Workload::object);
    }

    /** The phase that was begun last; empty before the first. */
    public Optional<RootPhase> begun(String change) {
        return changes.last(change, SUBJECT).map(record -> RootPhase.valueOf(record.result()));
    }

    public List<AppliedObject> replace(String change, Mesh mesh, RootPhase phase) {
        SortedMap<ClusterName, Secret> originals = new TreeMap<>();
        mesh.clusters().stream()
                .filter(name -> approved.outcomes(change, name).containsKey(MeshTrust.CACERTS))
                .forEach(name -> original(change, clusters.get(name)).ifPresent(secret -> originals.put(name, secret)));
        return roots.apply(change, mesh, originals, phase);
    }

    /** The backup for a roll back is made right before the first write. */
    private Optional<Secret> original(String change, Cluster cluster) {
        return before.before(change, cluster, MeshTrust.CACERTS).map(kept -> JSON.convertValue(kept, Secret.class));
    }

    /** @param mark which restart this is */
    public List<AppliedObject> restartIstiods(Mesh mesh, String mark) {
        return istiods.restart(mesh, mesh.primaryClusters(), mark);
    }

    /** Ends a roll back, when {@code cacerts} are restored: istiod reads the old root only when it starts. */
    public List<AppliedObject> endRollBack(String change, ChangeKind kind) {
        return kind instanceof Rotate rotate && rotate.credential() == RotatedCredential.ROOT
                ? restartIstiods(approved.mesh(change), "roll back of " + change)
                : List.of();
    }

    /** The namespaces in which workloads do not get the roots of {@code cacerts} yet. */
    public List<String> namespacesWithOtherRoots(Mesh mesh) {
        Set<Set<String>> wanted =
                Set.copyOf(roots.inPlace(roots.concerned(mesh)).values());
        if (wanted.size() != 1) {
            return List.of("the clusters have different roots in cacerts");
        }
        return Clusters.joined(clusters.inEach(
                mesh.clusters(),
                cluster -> Stream.concat(
                                Stream.of(IstioNamespace.NAME), ProxiedWorkloads.in(cluster).namespaces().stream())
                        .distinct()
                        .filter(namespace -> !wanted.contains(RootRotation.served(cluster, namespace)))
                        .map(namespace -> "istio-ca-root-cert in %s of %s".formatted(namespace, cluster.name()))
                        .toList()));
    }

    /** The roots that the clusters trust, for people and for the record: a line for all clusters with the same roots. */
    public String rootsInPlace(Mesh mesh) {
        ClusterNames names = new ClusterNames(words(mesh.clusters()));
        return roots.inPlace(roots.concerned(mesh)).entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                .entrySet()
                .stream()
                .map(same -> "Trusted in %s: %s"
                        .formatted(
                                names.inWords(words(same.getValue())),
                                String.join(" and ", new TreeSet<>(same.getKey()))))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> words(List<ClusterName> clusters) {
        return clusters.stream().map(ClusterName::value).toList();
    }

    /** A workload that restarts, and what was written. */
    public record Renewal(ObjectRef workload, AppliedObject applied) {}

    /**
     * Restarts the next workload of a cluster with a proxy that may have an earlier certificate.
     *
     * @param since when istiods began to sign as this phase says; also the mark of what this phase has restarted
     * @return empty if none is left that a restart would renew
     * @throws StepFailed PLAN_MOVED if it is not part of the approved plan
     */
    public Optional<Renewal> renewNext(String change, ClusterName name, Instant since) {
        Cluster cluster = clusters.get(name);
        approved.requireSame(change, cluster);
        Set<ObjectRef> planned = approved.outcomes(change, name).keySet();
        return ProxiedWorkloads.in(cluster).workloads().stream()
                .filter(workload ->
                        workload.oldest().isBefore(planned.contains(workload.object()) ? since.plus(CLOCK_SKEW) : since)
                                && !workload.restartedAt().equals(Optional.of(since.toString())))
                .findFirst()
                .map(workload -> renew(planned, cluster, workload, since));
    }

    private static Renewal renew(Set<ObjectRef> planned, Cluster cluster, Workload workload, Instant since) {
        if (!planned.contains(workload.object())) {
            throw new StepFailed(
                    FailureCode.PLAN_MOVED,
                    List.of(Finding.blocking(
                            cluster.name().value(),
                            workload.object().toString(),
                            "an object of the approved plan",
                            "a restart that nobody approved: it came since",
                            "Approve the plan as it is now.")));
        }
        return new Renewal(
                workload.object(), RestartableWorkload.restart(cluster, workload.object(), since.toString()));
    }

    /**
     * What still may have a certificate from before a time, by cluster; empty once such a certificate has ended.
     *
     * @return for example {@code cluster1: Pod shop/job-x}
     */
    public List<String> notRenewed(Mesh mesh, Instant since, Instant now) {
        if (!since.plus(WORKLOAD_CERTIFICATE).isAfter(now)) {
            return List.of();
        }
        return clusters.inEach(mesh.clusters(), ProxiedWorkloads::in).entrySet().stream()
                .flatMap(entry -> Stream.concat(
                                entry.getValue().workloads().stream()
                                        .filter(workload -> workload.oldest().isBefore(since))
                                        .map(Workload::object),
                                entry.getValue().otherPods().stream()
                                        .filter(pod -> pod.created().isBefore(since))
                                        .map(OtherPod::pod))
                        .map(object -> "%s: %s".formatted(entry.getKey(), object)))
                .toList();
    }

    /** When the last certificate from before that time ends by itself. */
    public static Instant renewedBy(Instant since) {
        return since.plus(WORKLOAD_CERTIFICATE);
    }

    /** After the acceptance; see {@link RootRotation#keep}. */
    public Optional<String> keepNewRoot(Mesh mesh) {
        return roots.keep(mesh);
    }
}

package io.meshspan.upgrade;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Revision;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import io.meshspan.rollback.StateBefore;
import io.meshspan.rollout.RolloutComplete;
import io.meshspan.workload.RestartableWorkload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Moves namespaces and their workloads from one revision to the other and back, wave by wave. It only moves and
 * restarts what the approved plan names. Each step reads the cluster first, so an interrupted step can run again.
 */
@Component
public final class UpgradeWaves {

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final StateBefore before;
    private final RevisionInstaller installer;

    UpgradeWaves(Clusters clusters, ApprovedPlans approved, StateBefore before, RevisionInstaller installer) {
        this.clusters = clusters;
        this.approved = approved;
        this.before = before;
        this.installer = installer;
    }

    /** To the newer revision, or back to the older one. */
    public enum Direction {
        FORWARD,
        BACK
    }

    /** What has not moved yet, and what this change has moved; each as a list of {@link WaveTarget}s, separated by commas. */
    public record Progress(String left, String moved) {}

    public Progress progress(String change) {
        Mesh mesh = approved.mesh(change);
        List<Progressed> targets =
                Clusters.joined(clusters.inEach(mesh.clusters(), cluster -> progressed(change, mesh, cluster)));
        return new Progress(text(targets, Progressed::left), text(targets, Progressed::moved));
    }

    private record Progressed(WaveTarget target, boolean left, boolean moved) {}

    private List<Progressed> progressed(String change, Mesh mesh, Cluster cluster) {
        String old = old(mesh);
        Set<ObjectRef> moves =
                planned(change, cluster.name(), Step.NAMESPACE_REVISION).keySet();
        return namespaces(change, mesh, cluster).stream()
                .filter(namespace -> isOffered(mesh, namespace))
                .map(namespace -> new Progressed(
                        target(cluster.name(), mesh, namespace),
                        namespace.isLeft(mesh.revision().value()),
                        namespace.isLeft(old)
                                && (namespace.tag().isPresent()
                                        || moves.contains(NamespaceMove.ref(namespace.name())))))
                .toList();
    }

    private static String text(List<Progressed> targets, Predicate<Progressed> these) {
        return WaveTarget.text(targets.stream()
                .filter(these)
                .map(Progressed::target)
                .distinct()
                .toList());
    }

    /** A tag that does not belong to the mesh is moved by its owner. */
    private static boolean isOffered(Mesh mesh, InjectedNamespace namespace) {
        return namespace.tag().isEmpty() || isMeshTag(mesh, namespace) || hasArrived(mesh, namespace);
    }

    private static boolean isMeshTag(Mesh mesh, InjectedNamespace namespace) {
        return mesh.replaced().orElseThrow().defaultTag()
                && namespace.tag().filter(InjectedNamespaces.DEFAULT::equals).isPresent();
    }

    private static boolean hasArrived(Mesh mesh, InjectedNamespace namespace) {
        return namespace.revision().filter(mesh.revision().value()::equals).isPresent();
    }

    private static WaveTarget target(ClusterName cluster, Mesh mesh, InjectedNamespace namespace) {
        return isMeshTag(mesh, namespace)
                ? new WaveTarget(cluster, true, InjectedNamespaces.DEFAULT)
                : new WaveTarget(cluster, false, namespace.name());
    }

    private List<InjectedNamespace> namespaces(String change, Mesh mesh, Cluster cluster) {
        Set<ObjectRef> gateways = Stream.of(Step.GATEWAY, Step.INGRESS_GATEWAY)
                .flatMap(step -> approved.objects(change, cluster.name(), step).stream())
                .map(PlannedObject::object)
                .collect(Collectors.toSet());
        return InjectedNamespaces.of(cluster, mesh, gateways);
    }

    private Map<ObjectRef, PlannedObject> planned(String change, ClusterName cluster, Step step) {
        Map<ObjectRef, PlannedObject> planned = new LinkedHashMap<>();
        approved.objects(change, cluster, step).forEach(object -> planned.put(object.object(), object));
        return planned;
    }

    /**
     * Moves the labels of the namespaces of a wave, and the tags.
     *
     * @param wave in the form of {@link Progress}
     * @throws StepFailed PLAN_MOVED if something of it was not approved, or is not as it was then; nothing of it has moved
     */
    public List<AppliedObject> move(String change, String wave, Direction direction) {
        Mesh mesh = approved.mesh(change);
        List<WaveTarget> targets = WaveTarget.all(wave);
        if (direction == Direction.FORWARD) {
            requireApproved(change, mesh, targets);
        }
        List<AppliedObject> applied = new ArrayList<>();
        for (WaveTarget target : targets) {
            Cluster cluster = clusters.get(target.cluster());
            approved.requireSame(change, cluster);
            if (target.tag()) {
                applied.addAll(moveDefaultTag(change, mesh, cluster, direction));
            } else {
                moveNamespace(change, mesh, target, direction).ifPresent(applied::add);
            }
        }
        return applied;
    }

    private List<AppliedObject> moveDefaultTag(String change, Mesh mesh, Cluster cluster, Direction direction) {
        return switch (direction) {
            case FORWARD -> installer.makeDefault(change, mesh, cluster);
            case BACK ->
                approved.objects(change, cluster.name(), Step.DEFAULT_REVISION).stream()
                        .flatMap(object -> before.restore(change, cluster, object.object()).stream())
                        .toList();
        };
    }

    /** On the way back, the namespace gets the labels that it had when the plan was made. */
    private Optional<AppliedObject> moveNamespace(String change, Mesh mesh, WaveTarget target, Direction direction) {
        PlannedObject planned =
                planned(change, target.cluster(), Step.NAMESPACE_REVISION).get(NamespaceMove.ref(target.name()));
        if (planned == null) {
            return Optional.empty(); // it moves with a tag, or others move it: only its workloads restart
        }
        Map<String, @Nullable String> labels = switch (direction) {
            case FORWARD -> NamespaceMove.labels(mesh.revision().value());
            case BACK -> NamespaceMove.before(planned);
        };
        return Optional.of(clusters.get(target.cluster()).merge(planned.object(), NamespaceMove.patch(labels)));
    }

    private void requireApproved(String change, Mesh mesh, List<WaveTarget> targets) {
        List<Finding> findings = new ArrayList<>();
        targets.stream().map(WaveTarget::cluster).distinct().forEach(name -> {
            Cluster cluster = clusters.get(name);
            Set<ObjectRef> moves =
                    planned(change, name, Step.NAMESPACE_REVISION).keySet();
            Set<ObjectRef> restarts =
                    planned(change, name, Step.WORKLOAD_RESTART).keySet();
            inWave(targets, name, namespaces(change, mesh, cluster)).forEach(namespace -> {
                if (NamespaceMove.applies(mesh, namespace) && !moves.contains(NamespaceMove.ref(namespace.name()))) {
                    findings.add(unapproved(name, NamespaceMove.ref(namespace.name()), "a move"));
                }
                namespace.workloads().stream()
                        .filter(workload -> workload.isElsewhere(mesh.revision().value()))
                        .filter(workload -> !restarts.contains(workload.object()))
                        .forEach(workload -> findings.add(unapproved(name, workload.object(), "a restart")));
            });
        });
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.PLAN_MOVED, findings);
        }
    }

    private static Finding unapproved(ClusterName cluster, ObjectRef object, String what) {
        return Finding.blocking(
                cluster.value(),
                object.toString(),
                "an object of the approved plan",
                what + " that nobody approved: it came since",
                "Approve the plan as it is now; nothing of this wave has moved yet.");
    }

    private static Stream<InjectedNamespace> inWave(
            List<WaveTarget> targets, ClusterName cluster, List<InjectedNamespace> namespaces) {
        return namespaces.stream()
                .filter(namespace -> targets.stream()
                        .filter(target -> target.cluster().equals(cluster))
                        .anyMatch(target -> target.tag()
                                ? namespace.tag().filter(target.name()::equals).isPresent()
                                : namespace.name().equals(target.name())));
    }

    /** A workload that restarts, and what was written; nothing if an interrupted attempt wrote it. */
    public record Restart(ClusterName cluster, ObjectRef workload, AppliedObject applied) {}

    /**
     * Restarts the next workload of a wave whose pods have a proxy of the other revision.
     *
     * @param at the start of the wave: the annotation's value, which marks the workloads that this wave has restarted
     * @return empty if all have the right proxy
     * @throws StepFailed INVALID if a workload was restarted and its pods still have the other proxy
     */
    public Optional<Restart> restartNext(String change, String wave, Direction direction, String at) {
        Mesh mesh = approved.mesh(change);
        String revision =
                direction == Direction.BACK ? old(mesh) : mesh.revision().value();
        List<WaveTarget> targets = WaveTarget.all(wave);
        for (ClusterName name : mesh.clusters()) {
            if (targets.stream().anyMatch(target -> target.cluster().equals(name))) {
                Cluster cluster = clusters.get(name);
                Optional<InjectedWorkload> next = inWave(targets, name, namespaces(change, mesh, cluster))
                        .flatMap(namespace -> namespace.workloads().stream())
                        .filter(workload -> workload.isElsewhere(revision))
                        .findFirst();
                if (next.isPresent()) {
                    if (direction == Direction.FORWARD) {
                        requireApproved(change, cluster, next.get());
                    }
                    return Optional.of(restart(cluster, next.get(), revision, at));
                }
            }
        }
        return Optional.empty();
    }

    private void requireApproved(String change, Cluster cluster, InjectedWorkload workload) {
        ObjectRef object = workload.object();
        if (!planned(change, cluster.name(), Step.WORKLOAD_RESTART).containsKey(object)) {
            throw new StepFailed(FailureCode.PLAN_MOVED, List.of(unapproved(cluster.name(), object, "a restart")));
        }
    }

    private static Restart restart(Cluster cluster, InjectedWorkload workload, String revision, String at) {
        ObjectRef object = workload.object();
        boolean again = workload.restartedAt().filter(at::equals).isPresent();
        if (again && RolloutComplete.in(cluster, object)) {
            throw new StepFailed(FailureCode.INVALID, List.of(notMoved(cluster.name(), workload, revision)));
        }
        return new Restart(cluster.name(), object, RestartableWorkload.restart(cluster, object, at));
    }

    private static Finding notMoved(ClusterName cluster, InjectedWorkload workload, String revision) {
        return Finding.blocking(
                cluster.value(),
                workload.object().toString(),
                "pods with a proxy of revision %s after its restart".formatted(revision),
                "pods by revision: " + workload.revisions(),
                workload.pinned()
                        .map(pinned -> "Its pod template names istio.io/rev=%s: change that, then try again."
                                .formatted(pinned))
                        .orElse(
                                workload.strategy().inPlace()
                                        ? "Find out what injects into its pods, then try again."
                                        : "Its update strategy is OnDelete: delete its pods one by one, then try again."));
    }

    private static String old(Mesh mesh) {
        Revision revision = mesh.replaced().orElseThrow().revision();
        return revision.isNamed() ? revision.value() : InjectedNamespaces.DEFAULT;
    }
}

package io.meshspan.plan;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Adopt;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.remotesecret.TokenSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes sure that only the approved plan is applied. A step gets the recorded mesh from here, after its part of the plan was
 * computed again and matched the approved plan. Process variables have no influence.
 */
@Component
public final class ApprovedPlans {

    private static final Logger LOG = LoggerFactory.getLogger(ApprovedPlans.class);

    private final ApprovedRecords approvals;
    private final Clusters clusters;
    private final DesiredMeshObjects wishes;
    private final RotationObjects rotations;
    private final AdoptionObjects adoption;

    ApprovedPlans(
            ApprovedRecords approvals,
            Clusters clusters,
            DesiredMeshObjects wishes,
            RotationObjects rotations,
            AdoptionObjects adoption) {
        this.adoption = adoption;
        this.rotations = rotations;
        this.approvals = approvals;
        this.clusters = clusters;
        this.wishes = wishes;
    }

    /**
     * The approved mesh, without asking any cluster, and without the clusters that were excluded since.
     *
     * @throws StepFailed PLAN_MOVED if nothing was approved for this change
     */
    public Mesh mesh(String change) {
        return approvals.mesh(change).orElseThrow(() -> new StepFailed(FailureCode.PLAN_MOVED, nothing("change")));
    }

    /**
     * The approved outcome of each object of a cluster. If several plans were approved, the first one counts: it was
     * compared with the cluster as it was before the change.
     */
    public Map<ObjectRef, ApplyOutcome> outcomes(String change, ClusterName cluster) {
        Map<ObjectRef, ApplyOutcome> outcomes = new LinkedHashMap<>();
        approvals.plans(change, cluster).stream()
                .flatMap(plan -> plan.objects().stream())
                .forEach(object -> outcomes.putIfAbsent(object.object(), object.outcome()));
        return outcomes;
    }

    /** The last approved outcome of each object of a cluster. */
    public Map<ObjectRef, ApplyOutcome> lastOutcomes(String change, ClusterName cluster) {
        Map<ObjectRef, ApplyOutcome> outcomes = new LinkedHashMap<>();
        approvals.plan(change, cluster).stream()
                .flatMap(plan -> plan.objects().stream())
                .forEach(object -> outcomes.put(object.object(), object.outcome()));
        return outcomes;
    }

    /**
     * The differences to the last approved plan, as Markdown; empty if there are none, or if nothing was approved.
     *
     * @param transitory objects that appear and disappear without a change
     */
    public Optional<String> drift(String change, Plan now, Predicate<ObjectRef> transitory) {
        List<ClusterPlan> approved = now.clusters().stream()
                .flatMap(plan -> approvals.plan(change, plan.member().cluster()).stream())
                .map(plan -> lasting(plan, transitory))
                .toList();
        Plan lasting = new Plan(
                now.mesh(),
                now.clusters().stream().map(plan -> lasting(plan, transitory)).toList());
        return approved.isEmpty() || PlanDifference.moved(approved, lasting).isEmpty()
                ? Optional.empty()
                : Optional.of(PlanDifference.between(approved, lasting));
    }

    private static ClusterPlan lasting(ClusterPlan plan, Predicate<ObjectRef> transitory) {
        return plan.without(plan.objects().stream()
                .map(PlannedObject::object)
                .filter(transitory)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The Secrets that an approved rotation of a cluster's reader token creates and deletes; empty without one. */
    public Optional<TokenSecrets> tokens(String change, ClusterName target) {
        return rotations.approved(change, target).filter(names -> !names.fresh().isEmpty());
    }

    /** What the approved plans let a step do in a cluster, as the first of them saw it: the state before the change. */
    public List<PlannedObject> objects(String change, ClusterName cluster, Step step) {
        Map<ObjectRef, PlannedObject> objects = new LinkedHashMap<>();
        approvals.plans(change, cluster).stream()
                .flatMap(plan -> plan.objects().stream())
                .filter(object -> object.step() == step)
                .forEach(object -> objects.putIfAbsent(object.object(), object));
        return List.copyOf(objects.values());
    }

    /** The clusters of the approved plans; empty if nothing was approved. */
    public List<ClusterName> clusters(String change) {
        return approvals.mesh(change).map(Mesh::clusters).orElse(List.of());
    }

    /** The objects of a cluster that any approved plan lets these steps overwrite. */
    public List<ObjectRef> changed(String change, ClusterName cluster, Set<Step> steps) {
        return approvals.plans(change, cluster).stream()
                .flatMap(plan -> plan.objects().stream())
                .filter(object -> object.outcome() == ApplyOutcome.PATCHED && steps.contains(object.step()))
                .map(PlannedObject::object)
                .distinct()
                .toList();
    }

    /** The objects of a cluster that the last approved plan lets these steps create or change. */
    public List<ObjectRef> written(String change, ClusterName cluster, Set<Step> steps) {
        return last(change, cluster)
                .filter(object -> object.outcome().isWritten() && steps.contains(object.step()))
                .map(PlannedObject::object)
                .toList();
    }

    /** The objects of a cluster that differ from the mesh, and by the last approved plan stay as they are. */
    public Set<ObjectRef> left(String change, ClusterName cluster) {
        return last(change, cluster)
                .filter(object -> !object.left().isEmpty())
                .map(PlannedObject::object)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<PlannedObject> last(String change, ClusterName cluster) {
        return approvals.plan(change, cluster).stream().flatMap(plan -> plan.objects().stream());
    }

    /** @throws StepFailed PLAN_MOVED if this is not the cluster for which the plan was approved */
    public void requireSame(String change, Cluster cluster) {
        approvals
                .plan(change, cluster.name())
                .flatMap(plan -> ClusterIdentityChange.instead(plan, cluster))
                .ifPresent(other -> {
                    throw new StepFailed(FailureCode.PLAN_MOVED, other);
                });
    }

    /**
     * The approved mesh, after checking that these steps do what was approved in each of its clusters.
     *
     * @throws StepFailed PLAN_MOVED with all differences to the approved plan; then nothing may be applied
     */
    public Mesh confirm(String change, ChangeKind kind, Set<Step> steps) {
        Mesh mesh = mesh(change);
        confirm(change, kind, mesh, mesh.clusters(), steps);
        return mesh;
    }

    /**
     * Like {@link #confirm(String, ChangeKind, Set)}, for one cluster.
     *
     * @throws StepFailed INPUT_REJECTED if the approved mesh does not have this cluster
     */
    public Mesh confirm(String change, ChangeKind kind, ClusterName cluster, Set<Step> steps) {
        Mesh mesh = mesh(change);
        if (!mesh.clusters().contains(cluster)) {
            throw new StepFailed(FailureCode.INPUT_REJECTED, stranger(cluster, mesh));
        }
        confirm(change, kind, mesh, List.of(cluster), steps);
        return mesh;
    }

    private void confirm(String change, ChangeKind kind, Mesh mesh, Collection<ClusterName> names, Set<Step> steps) {
        Instant start = Instant.now();
        List<Finding> findings = new ArrayList<>();
        Map<ClusterName, ClusterPlan> approved = new TreeMap<>();
        names.forEach(name -> approvals
                .plan(change, name)
                .ifPresentOrElse(plan -> approved.put(name, plan), () -> findings.add(nothing(name.value()))));
        DesiredObjects wanted = wanted(change, kind, mesh, steps);
        Set<ObjectRef> dropped = mesh.leftOut().stream()
                .map(mesh::member)
                .map(RemoteSecrets::object)
                .collect(Collectors.toUnmodifiableSet());
        clusters.inEach(approved.keySet(), cluster -> {
                    ClusterPlan plan =
                            approved.getOrDefault(cluster.name(), ClusterPlan.none(mesh.member(cluster.name())));
                    return new DriftCheck(cluster, plan.without(dropped)).of(steps, wanted.of(plan.member(), plan));
                })
                .values()
                .forEach(findings::addAll);
        LOG.debug("{} of {}: checked in {}", steps, names, Duration.between(start, Instant.now()));
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.PLAN_MOVED, findings);
        }
    }

    private DesiredObjects wanted(String change, ChangeKind kind, Mesh mesh, Set<Step> steps) {
        if (kind instanceof Rotate rotate) {
            return rotations.of(change, mesh, rotate, steps);
        }
        return kind instanceof Adopt ? adoption.of(mesh, steps) : wishes.of(mesh, steps);
    }

    private static Finding stranger(ClusterName cluster, Mesh mesh) {
        return Finding.blocking(
                cluster.value(),
                "plan",
                "one of " + mesh.clusters(),
                "a cluster for which nothing was approved",
                "Somebody has changed a variable of this change: stop it, and request it again.");
    }

    private static Finding nothing(String where) {
        return Finding.blocking(
                where, "plan", "one that somebody approved", "none on record", "Approve the new plan, or reject it.");
    }
}

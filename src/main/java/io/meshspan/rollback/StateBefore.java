package io.meshspan.rollback;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The state of objects before a change overwrote them. It is stored in the cluster itself, because some of the objects are
 * Secrets, which Meshspan's database must not contain. A rollback restores it (ADR 10).
 */
@Component
public final class StateBefore {

    private static final Logger LOG = LoggerFactory.getLogger(StateBefore.class);

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final String namespace;

    StateBefore(Clusters clusters, ApprovedPlans approved, RollBackProperties properties) {
        this.clusters = clusters;
        this.approved = approved;
        this.namespace = properties.namespace();
    }

    /** The place of the stored state in each cluster. */
    public String namespace() {
        return namespace;
    }

    /**
     * Runs before these steps write: stores the objects that they would change, unless an earlier attempt has done so. May
     * be repeated.
     */
    public void keep(String change, Mesh mesh, Collection<ClusterName> names, Set<Step> steps) {
        Map<ClusterName, List<ObjectRef>> changed =
                names.stream().collect(Collectors.toMap(name -> name, name -> approved.changed(change, name, steps)));
        List<ClusterName> concerned =
                names.stream().filter(name -> !list(changed, name).isEmpty()).toList();
        var unused = clusters.inEach(concerned, cluster -> keep(change, mesh, cluster, list(changed, cluster.name())));
    }

    private boolean keep(String change, Mesh mesh, Cluster cluster, List<ObjectRef> changed) {
        ObjectBackup kept = new ObjectBackup(cluster, namespace, change);
        Optional<Secret> secret = kept.secret();
        Map<ObjectRef, ApplyOutcome> first = approved.outcomes(change, cluster.name());
        ApplySet set = new ApplySet(mesh.id());
        List<GenericKubernetesResource> missing = changed.stream()
                .filter(object -> !ObjectBackup.holds(secret, object))
                .flatMap(object -> cluster.live(object).stream())
                .filter(live -> first.get(ObjectRef.of(live)) != ApplyOutcome.CREATED || !set.contains(live))
                .toList();
        if (!missing.isEmpty() && !kept.add(secret, missing)) {
            throw new TransientException(
                    "%s, Secret %s: somebody else wrote it".formatted(cluster.name(), kept.name()));
        }
        return true;
    }

    /** The objects of a cluster that existed before the change and that it overwrote. */
    public Set<ObjectRef> kept(String change, Cluster cluster) {
        return all(change, cluster).stream().map(ObjectRef::of).collect(Collectors.toSet());
    }

    /** These objects as they were before the change; they may have credentials. */
    public List<GenericKubernetesResource> all(String change, Cluster cluster) {
        return wroteOver(change, cluster.name()) ? new ObjectBackup(cluster, namespace, change).all() : List.of();
    }

    /** Restores what this change overwrote; may be repeated. */
    public List<AppliedObject> restore(String change) {
        return Clusters.joined(clusters.inEach(
                wroteOver(change),
                cluster -> new ObjectBackup(cluster, namespace, change)
                        .all().stream().map(cluster::restore).toList()));
    }

    /** An object of a cluster as it was before this change overwrote it; it may have credentials. */
    public Optional<GenericKubernetesResource> before(String change, Cluster cluster, ObjectRef object) {
        return all(change, cluster).stream()
                .filter(kept -> ObjectRef.of(kept).equals(object))
                .findFirst();
    }

    /** Restores one object, if this change overwrote it; may be repeated. */
    public Optional<AppliedObject> restore(String change, Cluster cluster, ObjectRef object) {
        return before(change, cluster, object).map(cluster::restore);
    }

    /** Deletes the stored state of a left-out cluster: nothing can be restored there any more. */
    public void forget(String change, Cluster cluster) {
        new ObjectBackup(cluster, namespace, change).forget();
    }

    /** Deletes the stored state after a change has ended, in the clusters that answer: nothing can be restored then. */
    public void forget(String change) {
        try {
            var unused = clusters.inEach(wroteOver(change), cluster -> {
                leftBehind(cluster).forEach(name -> new ObjectBackup(cluster, namespace, name).forget());
                return true;
            });
        } catch (StepFailed | TransientException e) {
            LOG.info("The backup of change {} is still in a cluster; the next change there deletes it", change);
        }
    }

    /** While a change holds the cluster, the stored state there is its own, or that of a change that has ended. */
    private List<String> leftBehind(Cluster cluster) {
        String prefix = new ObjectBackup(cluster, namespace, "").name();
        return cluster.found("v1", "Secret", ObjectBackup.MARK).stream()
                .map(FoundObject::object)
                .filter(object -> namespace.equals(object.namespace()))
                .map(object -> object.name().substring(prefix.length()))
                .toList();
    }

    private List<ClusterName> wroteOver(String change) {
        return approved.clusters(change).stream()
                .filter(name -> wroteOver(change, name))
                .toList();
    }

    private boolean wroteOver(String change, ClusterName cluster) {
        return !approved.changed(change, cluster, Set.of(Step.values())).isEmpty();
    }

    private static List<ObjectRef> list(Map<ClusterName, List<ObjectRef>> changed, ClusterName name) {
        return changed.getOrDefault(name, List.of());
    }
}

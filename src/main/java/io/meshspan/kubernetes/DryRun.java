package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What an apply would do, by asking the API server to do everything but store it. */
final class DryRun {

    private static final int NOT_FOUND = 404;
    private static final int LOOKS = 3;

    private final ClusterName cluster;
    private final Targets targets;
    private final BareApply bareApply;
    private final Compared compared = new Compared();

    DryRun(ClusterName cluster, Targets targets, BareApply bareApply) {
        this.cluster = cluster;
        this.targets = targets;
        this.bareApply = bareApply;
    }

    Preview preview(HasMetadata object) {
        GenericKubernetesResource desired = targets.generic(object);
        ObjectRef ref = ObjectRef.of(desired);
        Optional<Resource<GenericKubernetesResource>> target = targets.find(desired);
        if (target.isEmpty()) {
            return new Preview(cluster, ref, Outcome.CREATED, List.of(), false);
        }
        GenericKubernetesResource live = Targets.live(target.get());
        if (live == null) {
            return new Preview(cluster, ref, Outcome.CREATED, List.of(), accepted(desired));
        }
        List<FieldChange> changes = changes(target.get(), live, desired);
        return new Preview(cluster, ref, changes.isEmpty() ? Outcome.UNCHANGED : Outcome.PATCHED, changes, true);
    }

    List<FieldChange> changes(
            Resource<GenericKubernetesResource> target,
            GenericKubernetesResource live,
            GenericKubernetesResource desired) {
        return changes(target, live, desired, LOOKS);
    }

    /** A controller may write between the look and the answer: what it changed is no change of ours, so look again. */
    private List<FieldChange> changes(
            Resource<GenericKubernetesResource> target,
            GenericKubernetesResource live,
            GenericKubernetesResource desired,
            int looks) {
        if (compared.equal(live, desired)) {
            return List.of();
        }
        GenericKubernetesResource applied = Patch.dryRun(target, WebhookFields.keep(live, desired));
        List<FieldChange> changes = Difference.between(live, applied);
        if (changes.isEmpty()) {
            compared.remember(live, desired);
            return changes;
        }
        GenericKubernetesResource now = moved(live, applied) && looks > 1 ? Targets.live(target) : null;
        return now == null ? changes : changes(target, now, desired, looks - 1);
    }

    private static boolean moved(GenericKubernetesResource live, GenericKubernetesResource applied) {
        return !Objects.equals(
                live.getMetadata().getResourceVersion(), applied.getMetadata().getResourceVersion());
    }

    /** False where the dry run of a creation fails because its namespace is not there yet. */
    private boolean accepted(GenericKubernetesResource desired) {
        try {
            bareApply.send(desired, true);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}

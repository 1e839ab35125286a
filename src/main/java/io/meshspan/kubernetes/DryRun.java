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
    private final ResourceClients resourceClients;
    private final MetadataOnlyApply metadataOnlyApply;
    private final DryRunCache dryRunCache = new DryRunCache();

    DryRun(ClusterName cluster, ResourceClients resourceClients, MetadataOnlyApply metadataOnlyApply) {
        this.cluster = cluster;
        this.resourceClients = resourceClients;
        this.metadataOnlyApply = metadataOnlyApply;
    }

    DryRunResult preview(HasMetadata object) {
        GenericKubernetesResource desired = resourceClients.generic(object);
        ObjectRef ref = ObjectRef.of(desired);
        Optional<Resource<GenericKubernetesResource>> target = resourceClients.find(desired);
        if (target.isEmpty()) {
            return new DryRunResult(cluster, ref, ApplyOutcome.CREATED, List.of(), false);
        }
        GenericKubernetesResource live = ResourceClients.live(target.get());
        if (live == null) {
            return new DryRunResult(cluster, ref, ApplyOutcome.CREATED, List.of(), accepted(desired));
        }
        List<FieldChange> changes = changes(target.get(), live, desired);
        return new DryRunResult(
                cluster, ref, changes.isEmpty() ? ApplyOutcome.UNCHANGED : ApplyOutcome.PATCHED, changes, true);
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
        if (dryRunCache.equal(live, desired)) {
            return List.of();
        }
        GenericKubernetesResource applied = DryRunPatch.dryRun(target, WebhookFields.keep(live, desired));
        List<FieldChange> changes = Difference.between(live, applied);
        if (changes.isEmpty()) {
            dryRunCache.remember(live, desired);
            return changes;
        }
        GenericKubernetesResource now = moved(live, applied) && looks > 1 ? ResourceClients.live(target) : null;
        return now == null ? changes : changes(target, now, desired, looks - 1);
    }

    private static boolean moved(GenericKubernetesResource live, GenericKubernetesResource applied) {
        return !Objects.equals(
                live.getMetadata().getResourceVersion(), applied.getMetadata().getResourceVersion());
    }

    /** False where the dry run of a creation fails because its namespace is not there yet. */
    private boolean accepted(GenericKubernetesResource desired) {
        try {
            metadataOnlyApply.send(desired, true);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-side apply that writes only what differs. An apply that changes nothing is still a write call, so an existing
 * object is compared with the answer of a dry run first.
 */
final class ServerSideApply {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSideApply.class);

    private final ClusterName cluster;
    private final ResourceClients resourceClients;
    private final DryRun dryRun;
    private final MetadataOnlyApply metadataOnlyApply;

    ServerSideApply(
            ClusterName cluster, ResourceClients resourceClients, DryRun dryRun, MetadataOnlyApply metadataOnlyApply) {
        this.cluster = cluster;
        this.resourceClients = resourceClients;
        this.dryRun = dryRun;
        this.metadataOnlyApply = metadataOnlyApply;
    }

    AppliedObject apply(HasMetadata object) {
        GenericKubernetesResource desired = resourceClients.generic(object);
        Resource<GenericKubernetesResource> target = resourceClients
                .find(desired)
                .orElseThrow(() -> new TransientException("%s, %s: the API server does not serve this kind yet"
                        .formatted(cluster, ObjectRef.of(desired))));
        Optional<GenericKubernetesResource> live = Optional.ofNullable(ResourceClients.live(target));
        if (live.isPresent() && dryRun.changes(target, live.get(), desired).isEmpty()) {
            return done(desired, ApplyOutcome.UNCHANGED);
        }
        metadataOnlyApply.send(live.map(l -> WebhookFields.keep(l, desired)).orElse(desired), false);
        return done(desired, live.isPresent() ? ApplyOutcome.PATCHED : ApplyOutcome.CREATED);
    }

    AppliedObject delete(HasMetadata reference) {
        GenericKubernetesResource object = resourceClients.generic(reference);
        Optional<Resource<GenericKubernetesResource>> target = resourceClients.find(object);
        boolean there = target.isPresent() && target.get().get() != null;
        if (there) {
            target.get().delete();
        }
        return done(object, there ? ApplyOutcome.DELETED : ApplyOutcome.UNCHANGED);
    }

    private AppliedObject done(GenericKubernetesResource object, ApplyOutcome applyOutcome) {
        ObjectRef ref = ObjectRef.of(object);
        if (applyOutcome != ApplyOutcome.UNCHANGED) {
            LOG.info("{}: {} {}", cluster, ref, applyOutcome);
        }
        return new AppliedObject(cluster, ref, applyOutcome);
    }
}

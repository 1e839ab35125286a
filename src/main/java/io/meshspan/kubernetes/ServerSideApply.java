package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.meshspan.finding.PassingFault;
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
    private final Targets targets;
    private final DryRun dryRun;
    private final BareApply bareApply;

    ServerSideApply(ClusterName cluster, Targets targets, DryRun dryRun, BareApply bareApply) {
        this.cluster = cluster;
        this.targets = targets;
        this.dryRun = dryRun;
        this.bareApply = bareApply;
    }

    Applied apply(HasMetadata object) {
        GenericKubernetesResource desired = targets.generic(object);
        Resource<GenericKubernetesResource> target = targets.find(desired)
                .orElseThrow(() -> new PassingFault("%s, %s: the API server does not serve this kind yet"
                        .formatted(cluster, ObjectRef.of(desired))));
        Optional<GenericKubernetesResource> live = Optional.ofNullable(Targets.live(target));
        if (live.isPresent() && dryRun.changes(target, live.get(), desired).isEmpty()) {
            return done(desired, Outcome.UNCHANGED);
        }
        bareApply.send(live.map(l -> WebhookFields.keep(l, desired)).orElse(desired), false);
        return done(desired, live.isPresent() ? Outcome.PATCHED : Outcome.CREATED);
    }

    Applied delete(HasMetadata reference) {
        GenericKubernetesResource object = targets.generic(reference);
        Optional<Resource<GenericKubernetesResource>> target = targets.find(object);
        boolean there = target.isPresent() && target.get().get() != null;
        if (there) {
            target.get().delete();
        }
        return done(object, there ? Outcome.DELETED : Outcome.UNCHANGED);
    }

    private Applied done(GenericKubernetesResource object, Outcome outcome) {
        ObjectRef ref = ObjectRef.of(object);
        if (outcome != Outcome.UNCHANGED) {
            LOG.info("{}: {} {}", cluster, ref, outcome);
        }
        return new Applied(cluster, ref, outcome);
    }
}

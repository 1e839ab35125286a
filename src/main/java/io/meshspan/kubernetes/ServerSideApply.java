package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshspan.finding.PassingFault;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-side apply that writes only what differs. An apply that changes nothing is still a write call, so an existing
 * object is compared with the answer of a dry run first.
 */
final class ServerSideApply {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSideApply.class);
    private static final String FIELD_MANAGER = "meshspan";
    private static final int NOT_FOUND = 404;

    private final ClusterName cluster;
    private final KubernetesClient client;
    private final Kinds kinds;
    private final Compared compared = new Compared();

    ServerSideApply(ClusterName cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
        this.kinds = new Kinds(client);
    }

    Applied apply(HasMetadata object) {
        GenericKubernetesResource desired = generic(object);
        Resource<GenericKubernetesResource> target = target(desired)
                .orElseThrow(() -> new PassingFault("%s, %s: the API server does not serve this kind yet"
                        .formatted(cluster, ObjectRef.of(desired))));
        Optional<GenericKubernetesResource> live = Optional.ofNullable(target.get());
        if (live.isPresent() && changes(target, live.get(), desired).isEmpty()) {
            return done(desired, Outcome.UNCHANGED);
        }
        patch(target, live.map(l -> WebhookFields.keep(l, desired)).orElse(desired), false);
        return done(desired, live.isPresent() ? Outcome.PATCHED : Outcome.CREATED);
    }

    Preview preview(HasMetadata object) {
        GenericKubernetesResource desired = generic(object);
        ObjectRef ref = ObjectRef.of(desired);
        Optional<Resource<GenericKubernetesResource>> target = target(desired);
        if (target.isEmpty()) {
            return new Preview(cluster, ref, Outcome.CREATED, List.of(), false);
        }
        GenericKubernetesResource live = target.get().get();
        if (live == null) {
            return new Preview(cluster, ref, Outcome.CREATED, List.of(), accepted(target.get(), desired));
        }
        List<String> fields = changes(target.get(), live, desired);
        return new Preview(cluster, ref, fields.isEmpty() ? Outcome.UNCHANGED : Outcome.PATCHED, fields, true);
    }

    private List<String> changes(
            Resource<GenericKubernetesResource> target,
            GenericKubernetesResource live,
            GenericKubernetesResource desired) {
        if (compared.equal(live, desired)) {
            return List.of();
        }
        List<String> fields = Difference.between(live, patch(target, WebhookFields.keep(live, desired), true));
        if (fields.isEmpty()) {
            compared.remember(live, desired);
        }
        return fields;
    }

    Applied delete(HasMetadata reference) {
        GenericKubernetesResource object = generic(reference);
        Optional<Resource<GenericKubernetesResource>> target = target(object);
        boolean there = target.isPresent() && target.get().get() != null;
        if (there) {
            target.get().delete();
        }
        return done(object, there ? Outcome.DELETED : Outcome.UNCHANGED);
    }

    /** False where the dry run of a creation fails because its namespace is not there yet. */
    private static boolean accepted(Resource<GenericKubernetesResource> target, GenericKubernetesResource desired) {
        try {
            patch(target, desired, true);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    boolean serves(String apiVersion, String kind) {
        return kinds.find(apiVersion, kind).isPresent();
    }

    private static GenericKubernetesResource patch(
            Resource<GenericKubernetesResource> target, GenericKubernetesResource wanted, boolean dryRun) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .withDryRun(dryRun ? List.of("All") : null)
                .build();
        return target.patch(context, wanted);
    }

    private Optional<Resource<GenericKubernetesResource>> target(GenericKubernetesResource object) {
        return kinds.find(object.getApiVersion(), object.getKind()).map(kind -> {
            var all = client.genericKubernetesResources(kind);
            String namespace = object.getMetadata().getNamespace();
            return namespace == null
                    ? all.resource(object)
                    : all.inNamespace(namespace).resource(object);
        });
    }

    private GenericKubernetesResource generic(HasMetadata object) {
        return object instanceof GenericKubernetesResource generic
                ? generic
                : client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
    }

    private Applied done(GenericKubernetesResource object, Outcome outcome) {
        ObjectRef ref = ObjectRef.of(object);
        if (outcome != Outcome.UNCHANGED) {
            LOG.info("{}: {} {}", cluster, ref, outcome);
        }
        return new Applied(cluster, ref, outcome);
    }
}

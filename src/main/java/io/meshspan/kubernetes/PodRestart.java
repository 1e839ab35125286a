package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.failure.TransientRetry;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Optional;

/**
 * Restarts the pods of a Deployment by an annotation of their template, as {@code kubectl rollout restart} does. It has a field
 * manager of its own: a later apply of the Deployment leaves the annotation alone, and restarts nothing.
 */
final class PodRestart {

    private static final String ANNOTATION = "meshspan.io/restarted-for";
    private static final String FIELD_MANAGER = ObjectApplier.FIELD_MANAGER + "-restart";
    private static final String PATH = "spec.template.metadata.annotations." + ANNOTATION;

    private final ClusterName cluster;
    private final KubernetesClient client;
    private final FieldPatch fieldPatch;

    PodRestart(ClusterName cluster, KubernetesClient client, FieldPatch fieldPatch) {
        this.cluster = cluster;
        this.client = client;
        this.fieldPatch = fieldPatch;
    }

    AppliedObject of(ObjectRef deployment, String mark) {
        DryRunResult ahead = preview(deployment, mark);
        if (ahead.outcome() == ApplyOutcome.PATCHED) {
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            patch.withObject("/spec/template/metadata/annotations").put(ANNOTATION, mark);
            fieldPatch.write(deployment, patch, FIELD_MANAGER);
        }
        return new AppliedObject(cluster, deployment, ahead.outcome());
    }

    /** UNCHANGED also if there is no such Deployment: then there is nothing to restart. */
    DryRunResult preview(ObjectRef deployment, String mark) {
        Optional<Deployment> live = Optional.ofNullable(TransientRetry.ifLost(() -> client.apps()
                .deployments()
                .inNamespace(deployment.namespace())
                .withName(deployment.name())
                .get()));
        Optional<String> before = live.flatMap(PodRestart::mark);
        boolean restarts = live.isPresent() && !before.equals(Optional.of(mark));
        return new DryRunResult(
                cluster,
                deployment,
                restarts ? ApplyOutcome.PATCHED : ApplyOutcome.UNCHANGED,
                restarts ? List.of(new FieldChange(PATH, before.orElse("nothing"), mark)) : List.of(),
                true);
    }

    private static Optional<String> mark(Deployment deployment) {
        return Optional.ofNullable(deployment.getSpec().getTemplate().getMetadata())
                .flatMap(metadata -> Optional.ofNullable(metadata.getAnnotations()))
                .flatMap(annotations -> Optional.ofNullable(annotations.get(ANNOTATION)));
    }
}

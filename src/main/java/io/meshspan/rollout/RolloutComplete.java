package io.meshspan.rollout;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;

/** Has the last rollout of a Deployment completed? The rule of {@code kubectl rollout status}. */
public final class RolloutComplete {

    private RolloutComplete() {}

    public static boolean test(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        if (status == null || status.getObservedGeneration() == null) {
            return false;
        }
        int wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        return status.getObservedGeneration() >= deployment.getMetadata().getGeneration()
                && count(status.getUpdatedReplicas()) >= wanted
                && count(status.getReplicas()) == count(status.getUpdatedReplicas())
                && count(status.getAvailableReplicas()) >= wanted;
    }

    private static int count(@org.jspecify.annotations.Nullable Integer replicas) {
        return replicas == null ? 0 : replicas;
    }
}

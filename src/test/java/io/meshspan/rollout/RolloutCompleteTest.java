package io.meshspan.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import org.junit.jupiter.api.Test;

class RolloutCompleteTest {

    private final DeploymentStatus ready = new DeploymentStatusBuilder()
            .withObservedGeneration(3L)
            .withReplicas(2)
            .withUpdatedReplicas(2)
            .withAvailableReplicas(2)
            .build();

    @Test
    void shouldBeWhenAllReplicasAreNewAndAvailable() {
        assertThat(RolloutComplete.test(deployment(ready))).isTrue();
    }

    @Test
    void shouldNotBeWhileTheControllerHasNotSeenTheChange() {
        assertThat(RolloutComplete.test(
                        deployment(ready.edit().withObservedGeneration(2L).build())))
                .isFalse();
        assertThat(RolloutComplete.test(deployment(new DeploymentStatus()))).isFalse();
        assertThat(RolloutComplete.test(
                        deployment(ready).edit().withStatus(null).build()))
                .isFalse();
    }

    @Test
    void shouldNotBeWhileOldPodsAreLeftOrNewOnesAreMissing() {
        assertThat(RolloutComplete.test(deployment(ready.edit().withReplicas(3).build())))
                .isFalse();
        assertThat(RolloutComplete.test(
                        deployment(ready.edit().withUpdatedReplicas(1).build())))
                .isFalse();
        assertThat(RolloutComplete.test(
                        deployment(ready.edit().withAvailableReplicas(null).build())))
                .isFalse();
    }

    @Test
    void shouldWantOneReplicaWhereNoneIsNamed() {
        Deployment unnamed = deployment(
                        new DeploymentStatusBuilder().withObservedGeneration(3L).build())
                .edit()
                .editSpec()
                .withReplicas(null)
                .endSpec()
                .build();

        assertThat(RolloutComplete.test(unnamed)).isFalse();
    }

    private static Deployment deployment(DeploymentStatus status) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("istiod")
                .withGeneration(3L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .endSpec()
                .withStatus(status)
                .build();
    }
}

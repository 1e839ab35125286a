package io.meshspan.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a restart leaves a workload without a pod. */
class RestartStrategyTest {

    @ParameterizedTest
    @CsvSource({
        "1, 25%, 25%, false",
        "1, 1, 1, true",
        "2, 0, 1, false",
        "2, 0, 100%, true",
        "3, 0, 34%, false",
        "1, 0%, 25%, true",
        "0, 1, 1, false",
    })
    void shouldTellDeploymentsWhoseStrategyMayEndAllPods(int replicas, String surge, String unavailable, boolean gap) {
        Deployment deployment = new DeploymentBuilder()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(limit(surge))
                .withMaxUnavailable(limit(unavailable))
                .endRollingUpdate()
                .endStrategy()
                .endSpec()
                .build();

        assertThat(RestartStrategy.of(deployment)).isEqualTo(new RestartStrategy(true, gap));
    }

    @Test
    void shouldKnowTheOtherStrategies() {
        Deployment usual = new DeploymentBuilder().withNewSpec().endSpec().build();
        Deployment recreated = new DeploymentBuilder()
                .withNewSpec()
                .withReplicas(3)
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .endSpec()
                .build();

        assertThat(RestartStrategy.of(usual).gap()).isFalse();
        assertThat(RestartStrategy.of(recreated).gap()).isTrue();
        assertThat(RestartStrategy.of(new StatefulSetBuilder()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewUpdateStrategy()
                        .withType("OnDelete")
                        .endUpdateStrategy()
                        .endSpec()
                        .build()))
                .isEqualTo(new RestartStrategy(false, true));
    }

    private static IntOrString limit(String text) {
        return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.valueOf(text));
    }
}

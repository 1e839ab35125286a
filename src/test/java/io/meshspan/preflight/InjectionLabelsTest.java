package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.kubernetes.ClusterInMemory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InjectionLabelsTest {

    @Test
    void shouldNameTheNamespacesWithBothLabels() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .with(
                        labelled("shop", Map.of("istio-injection", "enabled", "istio.io/rev", "blue")),
                        labelled("bank", Map.of("istio-injection", "disabled", "istio.io/rev", "blue")),
                        labelled("one", Map.of("istio-injection", "enabled")),
                        labelled("other", Map.of("istio.io/rev", "blue")));

        // then
        assertThat(CheckFindings.of(new InjectionLabels(), cluster))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).isEqualTo("labels of Namespace bank, shop"));
    }

    private static Namespace labelled(String name, Map<String, String> labels) {
        return CheckFindings.namespace(name)
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}

package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On clusters whose API servers, controllers and istiods are real: a change is taken back, object by object and field by field. */
class RollBackE2E extends OnRealClusters {

    private static final String MAIN = "multi-primary-multi-network";
    private static final String ROLLED_BACK = "EndEvent_ChangeRolledBack";
    private static final int MINUTES = 2;

    @Test
    void shouldLeaveNothingOfAMeshThatWasNew() {
        // given
        List<Stock> before = fleet().clusters().stream().map(Stock::of).toList();
        E2eChange e2eChange = fleet().request(version());
        e2eChange.planSummary();

        // when
        rolledBackAtItsVerification(e2eChange);

        // then
        for (int i = 0; i < before.size(); i++) {
            assertThat(Stock.of(fleet().clusters().get(i)).names())
                    .isEqualTo(before.get(i).names());
        }
    }

    @Test
    void shouldPutBackWhatItWroteOver() {
        // given
        fleet().install(version());
        List<Contents> before = fleet().clusters().stream().map(Contents::of).toList();
        E2eChange e2eChange =
                fleet().request(MAIN, version(), fleet().contexts(), Map.of("hub", "registry.example.org/istio"));
        assertThat(e2eChange.planSummary()).doesNotContain(" 0 to change");

        // when
        rolledBackAtItsVerification(e2eChange);

        // then
        for (int i = 0; i < before.size(); i++) {
            assertThat(Contents.of(fleet().clusters().get(i)).objects())
                    .containsExactlyEntriesOf(before.get(i).objects());
        }
        E2eChange again = fleet().request(version());
        assertThat(again.planSummary()).contains("0 objects to create, 0 to change, 0 to delete");
        again.reject("Approve change");
    }

    /** There is no room for the sample: somebody else has its namespace, once that of an earlier verification is gone. */
    private void rolledBackAtItsVerification(E2eChange e2eChange) {
        Resource<Namespace> sample = fleet().last().client().namespaces().withName("sample");
        sample.waitUntilCondition(Objects::isNull, MINUTES, TimeUnit.MINUTES);
        fleet().last()
                .client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("sample")
                        .endMetadata()
                        .build())
                .create();
        e2eChange.approve();
        assertThat(e2eChange.question()).contains(fleet().last().name(), "sample");
        sample.delete();
        sample.waitUntilCondition(Objects::isNull, MINUTES, TimeUnit.MINUTES);
        e2eChange.answer("rollBack");
        assertThat(e2eChange.end()).isEqualTo(ROLLED_BACK);
    }
}

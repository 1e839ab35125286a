package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On clusters whose API servers, controllers and istiods are real: a change is taken back, object by object and field by field. */
class RollBackE2E extends OnRealClusters {

    private static final String MAIN = "multi-primary-multi-network";

    @Test
    void shouldLeaveNothingOfAMeshThatWasNew() {
        // given
        List<Stock> before = fleet().clusters().stream().map(Stock::of).toList();
        E2eChange e2eChange = fleet().request(version());
        e2eChange.planSummary();

        // when
        rolledBackAtItsVerification(e2eChange, fleet().last());

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
        rolledBackAtItsVerification(e2eChange, fleet().last());

        // then
        for (int i = 0; i < before.size(); i++) {
            assertThat(Contents.of(fleet().clusters().get(i)).objects())
                    .containsExactlyEntriesOf(before.get(i).objects());
        }
        E2eChange again = fleet().request(version());
        assertThat(again.planSummary()).contains("0 objects to create, 0 to change, 0 to delete");
        again.reject("Approve change");
    }
}

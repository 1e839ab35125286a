package io.meshspan.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meshspan.verification.CrossClusterCalls.CallsNeeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsNeededTest {

    @ParameterizedTest
    @CsvSource({"1, 7", "2, 16", "5, 43", "10, 93"})
    void shouldGrowWithTheVersions(int versions, int calls) {
        assertThat(CallsNeeded.toHear(versions, 0.001)).isEqualTo(calls);
    }

    @Test
    void shouldRefuseAChanceThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> CallsNeeded.toHear(2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> CallsNeeded.toHear(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CallsNeeded.toHear(2, Double.NaN));
    }
}

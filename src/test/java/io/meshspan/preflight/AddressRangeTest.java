package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.244.0.0/16, 10.244.3.0/24, true",
        "10.244.0.0/16, 10.245.0.0/16, false",
        "10.0.0.0/8, 10.255.255.255/32, true",
        "fd00:10:244::/56, fd00:10:244:1::/64, true",
        "fd00:10:244::/56, fd00:10:245::/56, false",
        "0.0.0.0/0, ::/0, false"
    })
    void shouldTellWhetherRangesOverlap(String one, String other, boolean overlap) {
        assertThat(range(one).overlaps(range(other))).isEqualTo(overlap);
        assertThat(range(other).overlaps(range(one))).isEqualTo(overlap);
    }

    /** A word of hexadecimal digits could be the name of a host, and would be looked up. */
    @ParameterizedTest
    @ValueSource(
            strings = {"cafe/16", "10.244/16", "10.244.0.0/33", "fd00::/129", "10.244.0.0", "1.2.3.4.5/8", "300.1.1.1/8"
            })
    void shouldTakeNothingElseForARange(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @Test
    void shouldBeShownAsItWasWritten() {
        assertThat(range("10.244.3.7/24")).hasToString("10.244.3.7/24");
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}

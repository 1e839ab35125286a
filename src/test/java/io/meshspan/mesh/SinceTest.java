package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Read from Istio's charts and samples of 1.28.10, 1.29.6 and 1.30.3. */
class SinceTest {

    @ParameterizedTest
    @CsvSource({"1.28.10, false", "1.29.6, false", "1.30.0, true", "1.30.3, true"})
    void shouldKnowWhatCameWith130(String version, boolean there) {
        assertThat(Since.values()).allMatch(since -> since.in(IstioVersion.parse(version)) == there);
    }
}

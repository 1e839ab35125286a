package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterClockTest {

    @ParameterizedTest
    @ValueSource(longs = {-5, 0, 5})
    void shouldBearAFewSeconds(long ahead) {
        assertThat(found(ahead)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8, 8 s ahead, WARNING", "-9, 8 s behind, WARNING", "300, 300 s ahead, BLOCKING"})
    void shouldTellHowFarAClockIsOff(long ahead, String found, Severity severity) {
        assertThat(found(ahead)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.found()).isEqualTo(found);
        });
    }

    private static List<Finding> found(long ahead) {
        return CheckFindings.of(new ClusterClock(), new ClusterInMemory("cluster1").ahead(Duration.ofSeconds(ahead)));
    }
}

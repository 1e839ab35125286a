package io.meshspan.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.expiry.ExpiringCredential.End;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiringCredentialTest {

    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"61, ", "60, 60", "31, 60", "30, 30", "8, 30", "7, 7", "1, 7", "-3, 7"})
    void shouldCountTheSmallestThresholdThatIsReached(int daysLeft, Integer threshold) {
        ExpiringCredential credential = new ExpiringCredential(
                WatchedCredential.ROOT,
                List.of(
                        new End("cluster2", "its root CA", NOW.plus(Duration.ofDays(daysLeft + 100))),
                        new End("cluster1", "its root CA", NOW.plus(Duration.ofDays(daysLeft)))));

        assertThat(credential.threshold(List.of(60, 30, 7), NOW).orElse(null)).isEqualTo(threshold);
        assertThat(credential.text()).startsWith("- **cluster1**: its root CA ends at ");
    }
}

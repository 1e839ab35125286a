package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExpirationTest {

    @ParameterizedTest
    @CsvSource({"10m, 10m", "600m, 10h", "90m, 90m", "720h, 720h", "30d, 720h", "365d, 8760h", "never, ''", "'', ''"})
    void shouldHaveOneTextForWhatSeveralTextsMean(String asked, String normal) {
        assertThat(TokenExpiration.matches(asked)).isTrue();
        assertThat(TokenExpiration.normal(asked)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9m", "366d", "8761h", "0h", "-1h", "1", "h", "1.5h", "1h30m", "1w", "Never", " 1h", "9999999m"})
    void shouldRefuseWhatNoApiServerIssuesAndWhatIsNoTime(String asked) {
        assertThat(TokenExpiration.matches(asked)).isFalse();
        assertThat(TokenExpiration.normal(asked)).isEqualTo(asked);
    }

    @Test
    void shouldBeAskedForInSeconds() {
        assertThat(TokenExpiration.of("30d").duration()).isEqualTo(Duration.ofDays(30));
    }
}

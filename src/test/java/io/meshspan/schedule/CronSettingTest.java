package io.meshspan.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When something on a schedule was last to be done. */
class CronSettingTest {

    @ParameterizedTest
    @CsvSource({
        "0 0 2 * * *, UTC, 2026-11-30T02:00:00Z, 2026-11-30T02:00:00Z",
        "0 0 2 * * *, UTC, 2026-11-30T03:59:59Z, 2026-11-30T02:00:00Z",
        "0 0 2 * * *, UTC, 2026-11-30T04:00:01Z, ",
        "0 0 2 * * *, UTC, 2026-11-30T01:59:59Z, ",
        "0 0 2 * * *, Europe/Berlin, 2026-11-30T01:30:00Z, 2026-11-30T01:00:00Z",
        "0 */10 * * * *, UTC, 2026-11-30T02:19:59Z, 2026-11-30T02:10:00Z",
        "* * * * * *, UTC, 2026-11-30T02:19:59.5Z, 2026-11-30T02:19:59Z",
        "*/20 * * * * *, UTC, 2026-11-30T02:20:05Z, 2026-11-30T02:20:00Z",
        "0 0 2 * * MON-FRI, UTC, 2026-11-29T02:30:00Z, ",
        "-, UTC, 2026-11-30T02:00:00Z, ",
    })
    void shouldFindTheNewestTimeThatHasCome(String cron, ZoneId zone, Instant now, @Nullable Instant last) {
        assertThat(CronSetting.lastTime(cron, zone, now, Duration.ofHours(2)).orElse(null))
                .isEqualTo(last);
    }
}

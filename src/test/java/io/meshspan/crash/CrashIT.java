package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Points of the matrix where a kill hurts most: half of the objects written, half of the calls made that nobody but the
 * killed process knew of, and all written and none on record.
 */
@Tag("slow")
class CrashIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldEndAsIfNobodyHadKilledIt() throws IOException {
        try (CrashExperiment crashExperiment = new CrashExperiment("h2", "multi-primary-multi-network", folder)) {
            assertThat(crashExperiment.killed(
                            crashExperiment.point("install-primary InstallControlPlane"), Moment.INSIDE))
                    .isEmpty();
        }
    }

    @Test
    void shouldEndSoWhenWritesAreNotOnRecordOrCallsAreHalfMade() throws IOException {
        try (CrashExperiment crashExperiment = new CrashExperiment("h2", "multi-primary-multi-network", folder)) {
            assertThat(crashExperiment.killed(
                            crashExperiment.point("multi-primary-multi-network ExchangeRemoteSecrets"), Moment.AFTER))
                    .isEmpty();
            assertThat(crashExperiment.killed(new KillPoint("call-helloworld StartCalls", 4), Moment.GOING_ON))
                    .isEmpty();
        }
    }
}

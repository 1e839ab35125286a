package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.TwoPrimaries;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseSupportTest {

    private final ReleaseSupport check =
            new ReleaseSupport(Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(strings = {"1.30.3", "1.31.1", "1.30.3-solo"})
    void shouldSayNothingOfAReleaseThatIsMended(String version) {
        assertThat(found(version)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.28.10, 2026-07-01, Choose Istio 1.30 or newer",
        "1.29.6, 2026-10-12, Choose Istio 1.30 or newer",
        "1.31.0-rc.0, made for testing, Choose a release",
        "1.33.1, like 1.32, use a newer Meshspan",
        "1.34.0-solo, like 1.32, use a newer Meshspan"
    })
    void shouldWarnOfOneThatIsNot(String version, String found, String advice) {
        assertThat(found(version)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.found()).contains(version, found);
            assertThat(finding.toString()).contains(advice);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.32.0", "1.32.4-solo"})
    void shouldSayThatItWasNeverTried(String version) {
        assertThat(found(version)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.NOTE);
            assertThat(finding.found()).isEqualTo(version + ", which came after it");
        });
    }

    private List<Finding> found(String version) {
        Mesh two = TwoPrimaries.MESH;
        Mesh mesh = new Mesh(two.id(), two.topology(), IstioVersion.parse(version), two.members());
        return check.compare(mesh, new TreeMap<>());
    }
}

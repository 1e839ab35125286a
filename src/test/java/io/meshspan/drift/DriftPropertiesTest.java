package io.meshspan.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftPropertiesTest {

    private final DriftProperties properties = new DriftProperties(
            "-", ZoneOffset.UTC, Duration.ofMinutes(1), Duration.ofDays(30), List.of("kube-*", "kubelet"));

    /** A restart of istiod by a rotation has a field manager of its own, and is no drift. */
    @ParameterizedTest
    @CsvSource({
        "meshspan,                true",
        "meshspan-restart,        true",
        "meshspanner,             false",
        "kube-controller-manager, true",
        "kubelet,                 true",
        "kubectl-edit,            false"
    })
    void shouldKnowItsOwnWritersAndThoseOfTheSettings(String writer, boolean known) {
        assertThat(properties.knows(writer)).isEqualTo(known);
    }
}

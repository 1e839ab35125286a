package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Read from Istio's charts and samples of 1.28.8, 1.29.6, 1.30.3 and 1.31.0-rc.0. */
class IstioReleaseTest {

    @ParameterizedTest
    @CsvSource({
        "1.28.10, false, docker.io/istio/examples-helloworld-v1:1.0",
        "1.29.6, false, docker.io/istio/examples-helloworld-v1:1.0",
        "1.30.0, true, registry.istio.io/release/examples-helloworld-v1:1.0",
        "1.31.0-rc.0, true, registry.istio.io/release/examples-helloworld-v1:1.0",
        "1.32.1, true, registry.istio.io/release/examples-helloworld-v1:1.0"
    })
    void shouldKnowWhatCameWith130(String text, boolean there, String helloworld) {
        IstioVersion version = IstioVersion.parse(text);

        assertThat(version.supported()).isTrue();
        assertThat(IstioRelease.takesGatewayPorts(version)).isEqualTo(there);
        assertThat(IstioRelease.discoversByIpv6(version)).isEqualTo(there);
        assertThat(IstioRelease.helloworldImage(version)).isEqualTo(helloworld);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.30.3", "1.31.0-rc.0", "1.30.3-solo", "1.29.0-alpha.0.fips-2"})
    void shouldWriteAVersionAsItWasRead(String text) {
        assertThat(IstioVersion.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.30", "1.30.3-", "1.30.3+build", "01.30.3", "1.30.03", "v1.30.3", "1.30.3-rc..0", "1.30.3 "})
    void shouldRefuseWhatIsNoVersion(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IstioVersion.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.27.9", "1.33.0", "2.30.0"})
    void shouldNotKnowOtherMinors(String text) {
        assertThat(IstioVersion.isSupported(text)).isFalse();
    }
}

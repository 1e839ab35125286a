package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
        "1.31.0-rc.0, true, docker.io/istio/examples-helloworld-v1:1.0",
        "1.32.1, true, docker.io/istio/examples-helloworld-v1:1.0",
        "1.33.0-rc.1, true, docker.io/istio/examples-helloworld-v1:1.0"
    })
    void shouldKnowWhatCameWith130AndTreatANewerMinorLikeTheNewest(String text, boolean there, String helloworld) {
        IstioVersion version = IstioVersion.parse(text);

        assertThat(IstioRelease.of(version)).isPresent();
        assertThat(IstioRelease.takesGatewayPorts(version)).isEqualTo(there);
        assertThat(IstioRelease.discoversByIpv6(version)).isEqualTo(there);
        assertThat(IstioRelease.helloworldImage(version)).isEqualTo(helloworld);
    }

    @ParameterizedTest
    @CsvSource({
        "1.28.10,     2026-07-01, 30, 34",
        "1.29.6,      2026-10-12, 31, 35",
        "1.30.3-solo, 2026-12-12, 32, 36",
        "1.31.0-rc.0, ,           32, ",
        "1.32.0,      ,           ,   "
    })
    void shouldKnowHowLongIstioSupportsAReleaseAndOnWhichKubernetes(
            String text, @Nullable LocalDate end, @Nullable Integer oldest, @Nullable Integer newest) {
        IstioRelease release = IstioRelease.of(IstioVersion.parse(text)).orElseThrow();

        assertThat(release.endOfSupport()).isEqualTo(Optional.ofNullable(end));
        assertThat(release.oldestKubernetes()).isEqualTo(Optional.ofNullable(oldest));
        assertThat(release.newestKubernetes()).isEqualTo(Optional.ofNullable(newest));
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
    @CsvSource({
        "1.28.0,             true,  true",
        "1.32.9-solo,        true,  true",
        "1.31.0-rc.0,        true,  true",
        "1.33.0,             false, true",
        "1.33.0-alpha.1,     false, true",
        "1.100.2-solo,       false, true",
        "1.27.9,             false, false",
        "2.30.0,             false, false",
        "1.33,               false, false",
        "'',                 false, false"
    })
    void shouldAcceptANewerMinorOnlyWhereThatIsSaid(String text, boolean known, boolean andNewer) {
        assertThat(AcceptedReleases.KNOWN.accept(text)).isEqualTo(known);
        assertThat(AcceptedReleases.AND_NEWER.accept(text)).isEqualTo(andNewer);
        assertThat(AcceptedReleases.KNOWN.advice(text).contains("meshspan.istio.allow-newer"))
                .isEqualTo(andNewer);
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/istio/pilot:1.30.3,                         1.30.3",
        "registry:5000/istio/pilot:1.30.3-distroless,          1.30.3",
        "gcr.io/istio-testing/pilot:1.31.0-rc.0,               1.31.0-rc.0",
        "gcr.io/istio-testing/pilot:1.31.0-rc.0-debug,         1.31.0-rc.0",
        "us-docker.pkg.dev/gloo/pilot:1.30.3-solo-distroless,  1.30.3-solo",
        "r.example.org/pilot:v1.30.3_fips@sha256:0123abc,      1.30.3",
        "r.example.org/pilot:1.30.3@sha256:0123abc,            1.30.3",
        "r.example.org:1.30.3/pilot,                           ",
        "r.example.org/pilot@sha256:0123abc,                   ",
        "r.example.org/pilot:stable,                           ",
        "r.example.org/pilot:1.30,                             "
    })
    void shouldReadTheVersionOfAnImage(String image, @Nullable String version) {
        assertThat(IstioVersion.ofImage(image).map(IstioVersion::toString)).isEqualTo(Optional.ofNullable(version));
    }

    @Test
    void shouldSortByAge() {
        List<String> byAge = List.of(
                "1.30.9",
                "1.30.10",
                "1.31.0-alpha.2",
                "1.31.0-beta.10",
                "1.31.0-rc.9",
                "1.31.0-rc.10",
                "1.31.0-solo-fips",
                "1.31.0-solo",
                "1.31.0-asm.9",
                "1.31.0-asm.10",
                "1.31.0",
                "1.31.1-solo");

        assertThat(byAge.stream()
                        .map(IstioVersion::parse)
                        .sorted(Comparator.reverseOrder())
                        .sorted())
                .map(IstioVersion::toString)
                .containsExactlyElementsOf(byAge);
    }

    @ParameterizedTest
    @CsvSource({
        "1.31.0-rc.0, true", "1.31.0-rc1, true", "1.31.0-solo-rc.1, true", "1.31.0-alpha.3, true",
        "1.31.0, false", "1.30.3-solo, false", "1.30.3-arc.2, false", "1.30.3-tetrate-v0, false"
    })
    void shouldTellAPreReleaseFromAVendorsBuild(String text, boolean preRelease) {
        assertThat(IstioVersion.parse(text).isPreRelease()).isEqualTo(preRelease);
    }
}

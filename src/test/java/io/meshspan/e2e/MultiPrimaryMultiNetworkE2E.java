package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Watch;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.client.RestClient;

/** The main job on real clusters, through REST, to its verified end; and with one step broken at a time. */
class MultiPrimaryMultiNetworkE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";

    @ParameterizedTest
    @MethodSource("versions")
    void shouldMakeTheClustersOneVerifiedMesh(String version) {
        // given
        E2eChange e2eChange = fleet().request(version);

        // when
        e2eChange.approve();

        // then
        assertThat(e2eChange.end()).isEqualTo(VERIFIED);
        assertThat(e2eChange.verification()).contains("Verified").doesNotContain("Findings");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldWriteNothingTheSecondTime(String version) {
        // given
        fleet().install(version);
        List<Footprint> before = fleet().footprints();

        // when
        E2eChange second = fleet().request(version);
        String plan = second.planSummary();
        second.approve();

        // then
        assertThat(second.end()).isEqualTo(VERIFIED);
        assertThat(plan).contains("0 objects to create, 0 to change");
        assertThat(fleet().footprints()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldAskAPersonForAnAddressAndGoOnOnceItIsThere(String version) {
        // given
        String steering = Settings.steering(GivenObjects.ADDRESS_SWITCH);
        fleet().last().addressKind(steering, "none");
        E2eChange e2eChange = fleet().request(version);
        e2eChange.approve();

        // when
        String question = e2eChange.question();
        fleet().last().addressKind(steering, "ip");
        e2eChange.answer("retry");

        // then
        assertThat(question).contains(fleet().last().name()).contains("load balancer address");
        assertThat(e2eChange.end()).isEqualTo(VERIFIED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldOutliveAnApiServerThatIsSilentForAWhile(String version) {
        // given
        String pause = Settings.steering(GivenObjects.PAUSE_URL);
        E2eChange e2eChange = fleet().request(version);
        e2eChange.approve();
        e2eChange.reached("CallActivity_InstallPrimary");

        // when
        RestClient.create().post().uri(URI.create(pause)).retrieve().toBodilessEntity();

        // then
        assertThat(e2eChange.end()).isEqualTo(VERIFIED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldNameTheRemoteSecretThatIsMissing(String version) {
        // given
        String secret = "istio-remote-secret-" + fleet().last().name();
        E2eChange e2eChange = fleet().request(version);

        // when
        Watch keepingAway = fleet().first().keepAway(secret);
        e2eChange.approve();
        String question = e2eChange.question();
        keepingAway.close();
        e2eChange.answer("stop");

        // then
        assertThat(question)
                .contains("Not verified")
                .contains(secret, " is missing in " + fleet().first().name());
        assertThat(e2eChange.end()).isEqualTo("EndEvent_VerificationFailed");
        fleet().install(version);
    }

    List<String> versions() {
        return fleet().versions();
    }
}

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
        Change change = fleet().request(version);

        // when
        change.approve();

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(change.verification()).contains("Verified").doesNotContain("Findings");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldWriteNothingTheSecondTime(String version) {
        // given
        fleet().install(version);
        List<Footprint> before = fleet().footprints();

        // when
        Change second = fleet().request(version);
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
        String steering = Settings.steering(Given.ADDRESS_SWITCH);
        fleet().last().addressKind(steering, "none");
        Change change = fleet().request(version);
        change.approve();

        // when
        String question = change.question();
        fleet().last().addressKind(steering, "ip");
        change.answer("retry");

        // then
        assertThat(question).contains(fleet().last().name()).contains("load balancer address");
        assertThat(change.end()).isEqualTo(VERIFIED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldOutliveAnApiServerThatIsSilentForAWhile(String version) {
        // given
        String pause = Settings.steering(Given.PAUSE_URL);
        Change change = fleet().request(version);
        change.approve();
        change.reached("CallActivity_InstallPrimary");

        // when
        RestClient.create().post().uri(URI.create(pause)).retrieve().toBodilessEntity();

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldNameTheRemoteSecretThatIsMissing(String version) {
        // given
        String secret = "istio-remote-secret-" + fleet().last().name();
        Change change = fleet().request(version);

        // when
        Watch keepingAway = fleet().first().keepAway(secret);
        change.approve();
        String question = change.question();
        keepingAway.close();
        change.answer("stop");

        // then
        assertThat(question)
                .contains("Not verified")
                .contains(secret + " is missing in " + fleet().first().name());
        assertThat(change.end()).isEqualTo("EndEvent_VerificationFailed");
        fleet().install(version);
    }

    List<String> versions() {
        return fleet().versions();
    }
}

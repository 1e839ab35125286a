package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.sandbox.AddressKind;
import io.meshspan.sandbox.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The main job on sandbox clusters, through the engine as Tasklist and REST use it. */
class MultiPrimaryMultiNetworkIT {

    private final ProcessFleet processFleet = TestApplication.take();

    @Test
    void shouldMakeTwoClustersOneVerifiedMesh() {
        // given
        PlayedChange playedChange = processFleet.request();

        // when
        playedChange.approve("carla");

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(playedChange.variable("verificationText"))
                .contains(processFleet.first(), processFleet.second(), "(at most 16 calls)");
    }

    @Test
    void shouldTakeTheStepsInTheOrderOfTheGuide() {
        PlayedChange playedChange = processFleet.request();
        playedChange.approve("carla");
        playedChange.end();

        assertThat(playedChange.activities())
                .containsSubsequence(
                        "Task_CheckInputs",
                        "CallActivity_PrepareChange",
                        "Task_CreateNamespaces",
                        "CallActivity_ConfigureTrust",
                        "CallActivity_InstallPrimary",
                        "CallActivity_InstallGateway",
                        "Task_ExposeServices",
                        "Task_ExchangeRemoteSecrets",
                        "CallActivity_VerifyMesh",
                        "EndEvent_MeshVerified");
    }

    @Test
    void shouldWriteNothingTheSecondTime() {
        // given
        PlayedChange first = processFleet.request();
        first.approve("carla");
        first.end();
        List<Write> before = processFleet.writes();

        // when
        PlayedChange second = processFleet.request();
        second.approve("carla");

        // then
        assertThat(second.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(processFleet.writes()).isEqualTo(before);
    }

    @Test
    void shouldTouchNothingBeforeTheApprovalAndNothingAfterARejection() {
        // given
        PlayedChange playedChange = processFleet.request();

        // when
        playedChange.decide("carla", "Approve change", Map.of("approved", false, "comment", "not today"));

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_ChangeRejected");
        assertThat(processFleet.writes()).isEmpty();
    }

    @Test
    void shouldRefuseARequestWithEverythingThatIsWrong() {
        Map<String, Object> inputs = new HashMap<>(processFleet.inputs());
        inputs.put("meshId", "Mesh 1");
        inputs.put("istioVersion", "1.9.0");
        inputs.put("clusters", processFleet.first() + ",cluster-x");

        assertThatThrownBy(() -> PlayedChange.request(
                        TestApplication.ENGINE, "olivia", "multi-primary-multi-network", processFleet.mesh(), inputs))
                .hasMessageContaining("Mesh 1")
                .hasMessageContaining("1.9.0")
                .hasMessageContaining("cluster-x")
                .hasMessageContaining("networks");
        assertThat(processFleet.writes()).isEmpty();
    }

    @Test
    void shouldOutliveAPassingFault() {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.second()).failNext(call -> true, 3, 503);

        // when
        playedChange.approve("carla");

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Tag("slow")
    @Test
    void shouldBecomeAnIncidentThatARetryResumes() {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.second()).failNext(call -> true, 1000, 503);
        playedChange.approve("carla");

        // when
        Incident incident = playedChange.incident();

        // then
        assertThat(incident.getIncidentMessage())
                .contains(processFleet.second())
                .contains("503");
        processFleet.cluster(processFleet.second()).allowAll();
        playedChange.retry("oscar", incident);
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldAskAPersonWhenNoAddressComesAndGoOnWhenToldTo() {
        // given
        processFleet.cluster(processFleet.second()).addressKind(AddressKind.NONE);
        PlayedChange playedChange = processFleet.request();
        playedChange.approve("carla");

        // when
        Task asked = playedChange.task("Decide how to go on");
        processFleet.cluster(processFleet.second()).addressKind(AddressKind.HOSTNAME);
        assertThat(TestApplication.ENGINE.getTaskService().getVariablesLocal(asked.getId()))
                .containsEntry("taskMesh", processFleet.mesh())
                .containsEntry("taskCluster", processFleet.second())
                .containsEntry("taskRequester", "olivia");
        playedChange.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldStopWhenAPersonSaysSo() {
        // given
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.second()).deny("patch", "deployments");

        // when
        playedChange.approve("carla");
        playedChange.decide("olivia", "Decide how to go on", Map.of("decision", "stop"));

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_ChangeStopped");
    }
}

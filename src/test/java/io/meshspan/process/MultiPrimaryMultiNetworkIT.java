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
import org.junit.jupiter.api.Test;

/** The main job on sandbox clusters, through the engine as Tasklist and REST use it. */
class MultiPrimaryMultiNetworkIT {

    private final Fleet fleet = Application.take();

    @Test
    void shouldMakeTwoClustersOneVerifiedMesh() {
        // given
        Change change = fleet.request();

        // when
        change.approve("carla");

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(change.variable("verificationText")).contains(fleet.first(), fleet.second(), "(at most 16 calls)");
    }

    @Test
    void shouldTakeTheStepsInTheOrderOfTheGuide() {
        Change change = fleet.request();
        change.approve("carla");
        change.end();

        assertThat(change.activities())
                .containsSubsequence(
                        "Task_CheckInputs",
                        "CallActivity_PrepareChange",
                        "Task_CreateNamespaces",
                        "Task_ConfigureTrust",
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
        Change first = fleet.request();
        first.approve("carla");
        first.end();
        List<Write> before = fleet.writes();

        // when
        Change second = fleet.request();
        second.approve("carla");

        // then
        assertThat(second.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(fleet.writes()).isEqualTo(before);
    }

    @Test
    void shouldTouchNothingBeforeTheApprovalAndNothingAfterARejection() {
        // given
        Change change = fleet.request();

        // when
        change.decide("carla", "Approve change", Map.of("approved", false, "comment", "not today"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_ChangeRejected");
        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void shouldRefuseARequestWithEverythingThatIsWrong() {
        Map<String, Object> inputs = new HashMap<>(fleet.inputs());
        inputs.put("meshId", "Mesh_1");
        inputs.put("istioVersion", "1.9.0");
        inputs.put("clusters", fleet.first() + ",cluster-x");

        assertThatThrownBy(() -> Change.request(
                        Application.ENGINE, "olivia", "multi-primary-multi-network", fleet.mesh(), inputs))
                .hasMessageContaining("Mesh_1")
                .hasMessageContaining("1.9.0")
                .hasMessageContaining("cluster-x")
                .hasMessageContaining("networks");
        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void shouldOutliveAPassingFault() {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.second()).failNext(call -> true, 3, 503);

        // when
        change.approve("carla");

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldBecomeAnIncidentThatARetryResumes() {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.second()).failNext(call -> true, 1000, 503);
        change.approve("carla");

        // when
        Incident incident = change.incident();

        // then
        assertThat(incident.getIncidentMessage()).contains(fleet.second()).contains("503");
        fleet.cluster(fleet.second()).allowAll();
        change.retry("oscar", incident);
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldAskAPersonWhenNoAddressComesAndGoOnWhenToldTo() {
        // given
        fleet.cluster(fleet.second()).addressKind(AddressKind.NONE);
        Change change = fleet.request();
        change.approve("carla");

        // when
        Task asked = change.task("Decide how to go on");
        fleet.cluster(fleet.second()).addressKind(AddressKind.HOSTNAME);
        assertThat(Application.ENGINE.getTaskService().getVariablesLocal(asked.getId()))
                .containsEntry("taskMesh", fleet.mesh())
                .containsEntry("taskCluster", fleet.second())
                .containsEntry("taskRequester", "olivia");
        change.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    @Test
    void shouldStopWhenAPersonSaysSo() {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.second()).deny("patch", "deployments");

        // when
        change.approve("carla");
        change.decide("olivia", "Decide how to go on", Map.of("decision", "stop"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_ChangeStopped");
    }
}

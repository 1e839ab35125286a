package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.DemoUsers;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordKind;
import io.meshspan.sandbox.AddressKind;
import io.meshspan.sandbox.Call;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngines;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.ResponseEntity;

/** A cluster at which a step failed is left out; the others become the mesh, as far as they are one. */
@Tag("slow")
class GoOnWithoutIT {

    private static final String DECIDE = "Decide how to go on";
    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final Map<String, Object> WITHOUT = Map.of("decision", "without", "comment", "it is being rebuilt");

    @Test
    void shouldInstallNothingMoreWhereThePrimaryWasRefused() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        PlayedChange playedChange = refused(processFleet, processFleet.third(), "multi-primary-multi-network");
        List<Write> before = writes(processFleet.third());

        // when
        assertThat(post("carla", playedChange, "without", "why not")).contains("403");
        assertThat(post("oscar", playedChange, "without", " ")).contains("400", "Say in the comment why");
        assertThat(post("oscar", playedChange, "without", "it is being rebuilt"))
                .contains("204");

        // then
        assertThat(playedChange.end()).isEqualTo(VERIFIED);
        assertThat(writes(processFleet.third())).isEqualTo(before);
        assertNobodyReads(processFleet, processFleet.third());
        assertThat(playedChange.variable("verificationText"))
                .contains("Verified", "Without " + processFleet.third() + ", as oscar decided: it is being rebuilt")
                .contains("start take-out-cluster with takeOut " + processFleet.third())
                .doesNotContain("  " + processFleet.third() + ":");
        assertThat(processFleet.holder(processFleet.third())).isEmpty();
        assertTold(playedChange, processFleet.third());
    }

    @Test
    void shouldGoOnWithoutAClusterWhoseGatewayGetsNoAddress() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        processFleet.cluster(processFleet.third()).addressKind(AddressKind.NONE);
        PlayedChange playedChange = processFleet.request();
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "leaveOut")).isEqualTo(processFleet.third());
        List<Write> before = writes(processFleet.third());

        // when
        playedChange.decide("oscar", DECIDE, WITHOUT);

        // then
        assertThat(playedChange.end()).isEqualTo(VERIFIED);
        assertThat(writes(processFleet.third())).isEqualTo(before);
        assertNobodyReads(processFleet, processFleet.third());
    }

    /** By then the others have its remote secret: it is taken away from them. */
    @Test
    void shouldVerifyTheOthersWhenTheVerificationFailsAtOne() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.third()).deny("list", "pods");
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "failureText")).contains("Not verified", processFleet.third());
        assertThat(reads(processFleet.first(), processFleet.third())).isTrue();

        // when
        playedChange.decide("oscar", DECIDE, WITHOUT);

        // then
        assertThat(playedChange.end()).isEqualTo(VERIFIED);
        assertNobodyReads(processFleet, processFleet.third());
        assertThat(playedChange.records())
                .anyMatch(record -> record.startsWith("Revoke remote secrets, " + processFleet.first()
                        + ", Secret istio-system/istio-remote-secret-" + processFleet.third() + ": DELETED"));
        assertTold(playedChange, processFleet.third());
    }

    /** What a step of the whole mesh fails at, and what the others got in an earlier change and still have. */
    @Test
    void shouldKeepToTheApprovedPlanOfTheOthersInAMeshThatWasThere() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        PlayedChange first = processFleet.request();
        first.approve("carla");
        first.end();
        PlayedChange playedChange =
                processFleet.request("multi-primary-multi-network", Map.of("hub", "registry.example.org/istio"));
        playedChange.task("Approve change");
        processFleet.cluster(processFleet.third()).deny("list", "deployments").deny("get", "deployments");
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "failureText")).contains(processFleet.third());

        // when
        playedChange.decide("oscar", DECIDE, WITHOUT);

        // then
        assertThat(playedChange.end()).isEqualTo(VERIFIED);
        assertThat(reads(processFleet.first(), processFleet.third())).isTrue();
    }

    /** For good, in the middle of its installation: what is repeated ends as an incident, and that as a decision. */
    @Test
    void shouldGoOnWithoutAClusterWhoseApiServerStaysAway() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        SandboxCluster third = processFleet.cluster(processFleet.third());
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Approve change");
        third.hear(call -> goAwayAt(third, call));
        playedChange.approve("carla");

        // when
        playedChange.putBeforeAPerson("oscar", playedChange.incident());
        assertThat(playedChange.shown(DECIDE, "failureText"))
                .contains("did not", processFleet.third() + ", ", "HTTP 503");
        assertThat(playedChange.shown(DECIDE, "leaveOut")).isEqualTo(processFleet.third());
        List<Write> before = writes(processFleet.third());
        playedChange.decide("oscar", DECIDE, WITHOUT);

        // then
        assertThat(playedChange.end()).isEqualTo(VERIFIED);
        assertThat(writes(processFleet.third())).isEqualTo(before);
        assertThat(playedChange.records())
                .anyMatch(record -> record.startsWith("Release Lease, " + processFleet.third() + ", Lease: RUNS_OUT"))
                .anyMatch(
                        record -> record.startsWith("-, " + processFleet.third() + ", failure of Job: AskForDecision"));
    }

    private static void goAwayAt(SandboxCluster cluster, Call call) {
        if (call.verb().equals("patch") && call.resource().equals("deployments")) {
            cluster.failNext(Integer.MAX_VALUE, 503);
        }
    }

    @Test
    void shouldRefuseToLeaveOneClusterAlone() {
        ProcessFleet processFleet = TestApplication.take();
        PlayedChange playedChange = refused(processFleet, processFleet.second(), "multi-primary-multi-network");

        assertThat(playedChange.shown(DECIDE, "leaveOut")).isEqualTo("null");
        assertThat(post("oscar", playedChange, "without", "it is broken"))
                .contains("400", "what stays is no mesh", "expected two or more, found [" + processFleet.first() + "]")
                .doesNotContain("Exception:");
        playedChange.delete();
    }

    @Test
    void shouldRefuseToLeaveThePrimaryOutOnWhichTheOthersDepend() {
        ProcessFleet processFleet = TestApplication.take(3);
        PlayedChange playedChange = refused(processFleet, processFleet.first(), "primary-remote-multi-network");

        assertThat(playedChange.shown(DECIDE, "leaveOut")).isEqualTo("null");
        assertThatThrownBy(() -> playedChange.decide("oscar", DECIDE, WITHOUT))
                .hasMessageContaining("expected at least one primary, found only remotes");
        playedChange.delete();
    }

    @Test
    void shouldMakeAMeshOfThePrimaryAndTheOtherRemote() {
        ProcessFleet processFleet = TestApplication.take(3);
        PlayedChange playedChange = refused(processFleet, processFleet.third(), "primary-remote-multi-network");

        playedChange.decide("oscar", DECIDE, WITHOUT);

        assertThat(playedChange.end()).isEqualTo(VERIFIED);
        assertThat(reads(processFleet.first(), processFleet.second())).isTrue();
        assertThat(reads(processFleet.first(), processFleet.third())).isFalse();
    }

    /** A change that gets as far as the control plane, and in one cluster no further. */
    private static PlayedChange refused(ProcessFleet processFleet, String cluster, String topology) {
        PlayedChange playedChange = processFleet.request(topology);
        playedChange.task("Approve change");
        processFleet.cluster(cluster).deny("patch", "deployments").deny("patch", "endpointslices");
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "failureText")).contains(cluster);
        return playedChange;
    }

    private static void assertTold(PlayedChange playedChange, String cluster) {
        Changes changes = TestApplication.CONTEXT.getBean(Changes.class);
        assertThat(changes.find(playedChange.id()).map(ChangeSummary::outcome))
                .contains("Mesh verified without " + cluster);
        assertThat(changes.of(playedChange.id()))
                .filteredOn(entry -> entry.record().kind() == RecordKind.DECIDED)
                .anySatisfy(entry -> {
                    assertThat(entry.record().result()).isEqualTo("without");
                    assertThat(entry.record().cluster()).isEqualTo(cluster);
                    assertThat(entry.record().actor()).isEqualTo("oscar");
                    assertThat(entry.record().detail()).isEqualTo("it is being rebuilt");
                });
        assertThat(playedChange.records())
                .anyMatch(record -> record.matches("Release Lease, " + cluster
                        + ", what stays behind: LEFT_OUT [1-9]\\d* objects of this change stay in " + cluster + ".*"))
                .contains("Release Lease, " + cluster + ", Lease: RELEASED ");
    }

    private static void assertNobodyReads(ProcessFleet processFleet, String cluster) {
        assertThat(processFleet.clusters()).noneMatch(reader -> reads(reader, cluster));
    }

    private static boolean reads(String reader, String cluster) {
        return TestApplication.SANDBOX
                        .client(reader)
                        .secrets()
                        .inNamespace("istio-system")
                        .withName("istio-remote-secret-" + cluster)
                        .get()
                != null;
    }

    /** Of the change: not of the Lease, nor of what was kept for a roll back. */
    private static List<Write> writes(String cluster) {
        return TestApplication.SANDBOX.writes(cluster).stream()
                .filter(write -> !write.kind().equals("Lease"))
                .filter(write -> !Objects.toString(write.name(), "").startsWith("meshspan-before-"))
                .toList();
    }

    /** Status and body. REST asks the engine registered last, and none once an application of another test has ended. */
    private static String post(String user, PlayedChange playedChange, String decision, String comment) {
        ProcessEngines.registerProcessEngine(TestApplication.ENGINE);
        String port = TestApplication.CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
        RestTemplateBuilder here = new RestTemplateBuilder().rootUri("http://127.0.0.1:" + port + "/engine-rest");
        ResponseEntity<String> answer = new TestRestTemplate(here, user, DemoUsers.PASSWORD)
                .postForEntity(
                        "/task/" + playedChange.task(DECIDE).getId() + "/complete",
                        Map.of(
                                "variables",
                                Map.of("decision", Map.of("value", decision), "comment", Map.of("value", comment))),
                        String.class);
        return answer.getStatusCode().value() + " " + answer.getBody();
    }
}

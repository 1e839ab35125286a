package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.audit.Kind;
import io.meshspan.sandbox.AddressKind;
import io.meshspan.sandbox.Call;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngines;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.ResponseEntity;

/** A cluster at which a step failed is left out; the others become the mesh, as far as they are one. */
class GoOnWithoutIT {

    private static final String DECIDE = "Decide how to go on";
    private static final String VERIFIED = "EndEvent_MeshVerified";
    private static final Map<String, Object> WITHOUT = Map.of("decision", "without", "comment", "it is being rebuilt");

    @Test
    void shouldInstallNothingMoreWhereThePrimaryWasRefused() {
        // given
        Fleet fleet = Application.take(3);
        Change change = refused(fleet, fleet.third(), "multi-primary-multi-network");
        List<Write> before = writes(fleet.third());

        // when
        assertThat(post("carla", change, "without", "why not")).contains("403");
        assertThat(post("oscar", change, "without", " ")).contains("403", "Say in the comment why");
        assertThat(post("oscar", change, "without", "it is being rebuilt")).contains("204");

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(writes(fleet.third())).isEqualTo(before);
        assertNobodyReads(fleet, fleet.third());
        assertThat(change.variable("verificationText"))
                .contains("Verified", "Without " + fleet.third() + ", as oscar decided: it is being rebuilt")
                .contains("start take-out-cluster with takeOut " + fleet.third())
                .doesNotContain("  " + fleet.third() + ":");
        assertThat(fleet.holder(fleet.third())).isEmpty();
        assertTold(change, fleet.third());
    }

    @Test
    void shouldGoOnWithoutAClusterWhoseGatewayGetsNoAddress() {
        // given
        Fleet fleet = Application.take(3);
        fleet.cluster(fleet.third()).addressKind(AddressKind.NONE);
        Change change = fleet.request();
        change.approve("carla");
        assertThat(change.shown(DECIDE, "leaveOut")).isEqualTo(fleet.third());
        List<Write> before = writes(fleet.third());

        // when
        change.decide("oscar", DECIDE, WITHOUT);

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(writes(fleet.third())).isEqualTo(before);
        assertNobodyReads(fleet, fleet.third());
    }

    /** By then the others have its remote secret: it is taken away from them. */
    @Test
    void shouldVerifyTheOthersWhenTheVerificationFailsAtOne() {
        // given
        Fleet fleet = Application.take(3);
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.third()).deny("list", "pods");
        change.approve("carla");
        assertThat(change.shown(DECIDE, "failureText")).contains("Not verified", fleet.third());
        assertThat(reads(fleet.first(), fleet.third())).isTrue();

        // when
        change.decide("oscar", DECIDE, WITHOUT);

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertNobodyReads(fleet, fleet.third());
        assertThat(change.records())
                .anyMatch(record -> record.startsWith("Take back remote secrets, " + fleet.first()
                        + ", Secret istio-system/istio-remote-secret-" + fleet.third() + ": DELETED"));
        assertTold(change, fleet.third());
    }

    /** What a step of the whole mesh fails at, and what the others got in an earlier change and still have. */
    @Test
    void shouldKeepToTheApprovedPlanOfTheOthersInAMeshThatWasThere() {
        // given
        Fleet fleet = Application.take(3);
        Change first = fleet.request();
        first.approve("carla");
        first.end();
        Change change = fleet.request("multi-primary-multi-network", Map.of("hub", "registry.example.org/istio"));
        change.task("Approve change");
        fleet.cluster(fleet.third()).deny("list", "deployments").deny("get", "deployments");
        change.approve("carla");
        assertThat(change.shown(DECIDE, "failureText")).contains(fleet.third());

        // when
        change.decide("oscar", DECIDE, WITHOUT);

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(reads(fleet.first(), fleet.third())).isTrue();
    }

    /** For good, in the middle of its installation: what is repeated ends as an incident, and that as a decision. */
    @Test
    void shouldGoOnWithoutAClusterWhoseApiServerStaysAway() {
        // given
        Fleet fleet = Application.take(3);
        SandboxCluster third = fleet.cluster(fleet.third());
        Change change = fleet.request();
        change.task("Approve change");
        third.hear(call -> goAwayAt(third, call));
        change.approve("carla");

        // when
        change.putBeforeAPerson("oscar", change.incident());
        assertThat(change.shown(DECIDE, "failureText")).contains("did not", fleet.third() + ", ", "HTTP 503");
        assertThat(change.shown(DECIDE, "leaveOut")).isEqualTo(fleet.third());
        List<Write> before = writes(fleet.third());
        change.decide("oscar", DECIDE, WITHOUT);

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(writes(fleet.third())).isEqualTo(before);
        assertThat(change.records())
                .anyMatch(record -> record.startsWith("Give cluster back, " + fleet.third() + ", Lease: RUNS_OUT"))
                .anyMatch(record -> record.startsWith("-, " + fleet.third() + ", failure of Job: AskForDecision"));
    }

    private static void goAwayAt(SandboxCluster cluster, Call call) {
        if (call.verb().equals("patch") && call.resource().equals("deployments")) {
            cluster.failNext(Integer.MAX_VALUE, 503);
        }
    }

    @Test
    void shouldRefuseToLeaveOneClusterAlone() {
        Fleet fleet = Application.take();
        Change change = refused(fleet, fleet.second(), "multi-primary-multi-network");

        assertThat(change.shown(DECIDE, "leaveOut")).isEqualTo("null");
        assertThat(post("oscar", change, "without", "it is broken"))
                .contains("403", "what stays is no mesh", "expected two or more, found [" + fleet.first() + "]")
                .doesNotContain("Exception:");
        change.delete();
    }

    @Test
    void shouldRefuseToLeaveThePrimaryOutOnWhichTheOthersDepend() {
        Fleet fleet = Application.take(3);
        Change change = refused(fleet, fleet.first(), "primary-remote-multi-network");

        assertThat(change.shown(DECIDE, "leaveOut")).isEqualTo("null");
        assertThatThrownBy(() -> change.decide("oscar", DECIDE, WITHOUT))
                .hasMessageContaining("expected at least one primary, found only remotes");
        change.delete();
    }

    @Test
    void shouldMakeAMeshOfThePrimaryAndTheOtherRemote() {
        Fleet fleet = Application.take(3);
        Change change = refused(fleet, fleet.third(), "primary-remote-multi-network");

        change.decide("oscar", DECIDE, WITHOUT);

        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(reads(fleet.first(), fleet.second())).isTrue();
        assertThat(reads(fleet.first(), fleet.third())).isFalse();
    }

    /** A change that gets as far as the control plane, and in one cluster no further. */
    private static Change refused(Fleet fleet, String cluster, String topology) {
        Change change = fleet.request(topology);
        change.task("Approve change");
        fleet.cluster(cluster).deny("patch", "deployments").deny("patch", "endpointslices");
        change.approve("carla");
        assertThat(change.shown(DECIDE, "failureText")).contains(cluster);
        return change;
    }

    private static void assertTold(Change change, String cluster) {
        Changes changes = Application.CONTEXT.getBean(Changes.class);
        assertThat(changes.find(change.id()).map(ChangeSummary::outcome)).contains("Mesh verified without " + cluster);
        assertThat(changes.of(change.id()))
                .filteredOn(entry -> entry.record().kind() == Kind.DECIDED)
                .anySatisfy(entry -> {
                    assertThat(entry.record().result()).isEqualTo("without");
                    assertThat(entry.record().cluster()).isEqualTo(cluster);
                    assertThat(entry.record().actor()).isEqualTo("oscar");
                    assertThat(entry.record().detail()).isEqualTo("it is being rebuilt");
                });
        assertThat(change.records())
                .anyMatch(record -> record.matches("Give cluster back, " + cluster
                        + ", what stays behind: LEFT_OUT [1-9]\\d* objects of this change stay in " + cluster + ".*"))
                .contains("Give cluster back, " + cluster + ", Lease: RELEASED ");
    }

    private static void assertNobodyReads(Fleet fleet, String cluster) {
        assertThat(fleet.clusters()).noneMatch(reader -> reads(reader, cluster));
    }

    private static boolean reads(String reader, String cluster) {
        return Application.SANDBOX
                        .client(reader)
                        .secrets()
                        .inNamespace("istio-system")
                        .withName("istio-remote-secret-" + cluster)
                        .get()
                != null;
    }

    /** Of the change: not of the Lease, nor of what was kept for a roll back. */
    private static List<Write> writes(String cluster) {
        return Application.SANDBOX.writes(cluster).stream()
                .filter(write -> !write.kind().equals("Lease"))
                .filter(write -> !Objects.toString(write.name(), "").startsWith("meshspan-before-"))
                .toList();
    }

    /** Status and body. REST asks the engine registered last, and none once an application of another test has ended. */
    private static String post(String user, Change change, String decision, String comment) {
        ProcessEngines.registerProcessEngine(Application.ENGINE);
        String port = Application.CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
        RestTemplateBuilder here = new RestTemplateBuilder().rootUri("http://127.0.0.1:" + port + "/engine-rest");
        ResponseEntity<String> answer = new TestRestTemplate(here, user, user)
                .postForEntity(
                        "/task/" + change.task(DECIDE).getId() + "/complete",
                        Map.of(
                                "variables",
                                Map.of("decision", Map.of("value", decision), "comment", Map.of("value", comment))),
                        String.class);
        return answer.getStatusCode().value() + " " + answer.getBody();
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.sandbox.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands in the way is told before anything is touched, all of it, and nobody can wave it through. */
class PreflightIT {

    @Test
    void shouldTellEverythingThatIsWrongAtOnce() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        ofAnotherMesh(processFleet.first());
        processFleet
                .cluster(processFleet.second())
                .clock(Duration.ofMinutes(10))
                .kubernetes("v1.25.0");
        processFleet.cluster(processFleet.third()).deny("create", "pods/exec").deny("list", "nodes");

        List<Write> before = processFleet.writes();

        // when
        String told = failure(processFleet.request().task("Decide how to go on"));

        // then
        assertThat(told)
                .contains(
                        processFleet.first() + ", mesh ID of the installed Istio: expected " + processFleet.mesh()
                                + ", found mesh9.",
                        processFleet.first() + ", network of the installed Istio",
                        processFleet.second() + ", clock of the API server",
                        processFleet.second() + ", Kubernetes version: expected 1.32 to 1.36",
                        processFleet.third()
                                + ", rights of this service: expected the rights to create pods/exec in sample",
                        processFleet.third() + ", what the preflight may read: expected the rights to list nodes");
        assertThat(processFleet.writes()).isEqualTo(before);
    }

    /** By the rules of the process that it is for, and without a Lease. */
    @ParameterizedTest
    @CsvSource({
        "multi-primary-multi-network, 0, EndEvent_PlanComputed, COMPUTED",
        "multi-primary-multi-network, 10, EndEvent_PlanFailed, clock of the API server"
    })
    void shouldOnlyPlanWhereNothingElseIsWanted(String process, int minutes, String end, String told) {
        // given
        ProcessFleet processFleet = TestApplication.take();
        processFleet.cluster(processFleet.first()).clock(Duration.ofMinutes(minutes));

        // when
        PlayedChange plan = processFleet.request("plan-change", Map.of("planOf", process));

        // then
        assertThat(plan.end()).isEqualTo(end);
        assertThat(plan.records()).anyMatch(record -> record.contains(told));
        assertThat(plan.tasks("Approve change")).isEmpty();
        assertThat(processFleet.writes()).isEmpty();
        assertThat(processFleet.leaseWrites(processFleet.first())).isZero();
    }

    @Test
    void shouldJudgeARequestForAPlanAsTheProcessThatItIsFor() {
        ProcessFleet processFleet = TestApplication.take();

        assertThatThrownBy(() -> processFleet.request("plan-change", Map.of("planOf", "remove-mesh")))
                .hasMessageContaining("confirmMeshId: expected")
                .hasMessageNotContaining("planOf");
        assertThatThrownBy(() -> processFleet.request("plan-change", Map.of("planOf", "multi-primary")))
                .hasMessageContaining("network");
        assertThatThrownBy(() -> processFleet.request("plan-change", Map.of("planOf", "prepare-change")))
                .hasMessageContaining("planOf: expected the key of a process that changes a mesh");
        assertThatThrownBy(() -> processFleet.request("plan-change", Map.of()))
                .hasMessageContaining("planOf: expected the key of a process that changes a mesh");
    }

    @Tag("slow")
    @Test
    void shouldTellWhatIsWrongElsewhereThoughOneClusterDoesNotAnswer() {
        // given
        ProcessFleet processFleet = TestApplication.take(2);
        processFleet.cluster(processFleet.first()).clock(Duration.ofMinutes(-10));
        processFleet.cluster(processFleet.second()).silence(Duration.ofMinutes(1));

        // when
        String told = failure(processFleet.request().task("Decide how to go on"));

        // then
        assertThat(told)
                .contains(
                        processFleet.first() + ", clock of the API server",
                        processFleet.second() + ", API server: expected an answer within a few seconds");
        processFleet.cluster(processFleet.second()).silence(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"continue", "ignore", "approve"})
    void shouldNotLetAnybodyGoOnAgainstIt(String decision) {
        // given
        ProcessFleet processFleet = TestApplication.take(2);
        processFleet.cluster(processFleet.first()).clock(Duration.ofMinutes(10));
        PlayedChange playedChange = processFleet.request();

        // when
        assertThatThrownBy(() -> playedChange.decide("olivia", "Decide how to go on", Map.of("decision", decision)))
                .hasMessageContaining("expected retry or stop");
        playedChange.decide("olivia", "Decide how to go on", Map.of("decision", "stop"));

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_PreparationStopped");
        assertThat(processFleet.writes()).isEmpty();
    }

    @Test
    void shouldGoOnOnceNothingStandsInTheWayAnyMore() {
        // given
        ProcessFleet processFleet = TestApplication.take(2);
        processFleet.cluster(processFleet.second()).deny("create", "pods/portforward");
        PlayedChange playedChange = processFleet.request();
        playedChange.task("Decide how to go on");

        // when
        playedChange.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));
        String again = failure(playedChange.task("Decide how to go on"));
        processFleet.cluster(processFleet.second()).allowAll();
        playedChange.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));

        playedChange.decide("carla", "Approve change", Map.of("approved", false, "comment", "not today"));

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_ChangeRejected");
        assertThat(again).contains("create pods/portforward in istio-system");
        assertThat(decisions(playedChange)).containsExactly("retry", "retry", "REJECTED");
    }

    private static List<String> decisions(PlayedChange playedChange) {
        return TestApplication.CONTEXT
                .getBean(JdbcClient.class)
                .sql("select RESULT from MESHSPAN_AUDIT where CHANGE_ID = ? and KIND = 'DECIDED' order by ID")
                .param(playedChange.id())
                .query(String.class)
                .list();
    }

    private static void ofAnotherMesh(String cluster) {
        KubernetesClient client = TestApplication.SANDBOX.client(cluster);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("istio-system")
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("values")
                        .withNamespace("istio-system")
                        .endMetadata()
                        .addToData("merged-values", """
                                {"global": {"meshID": "mesh9", "network": "elsewhere", "multiCluster": {"clusterName": "%s"}}}
                                """.formatted(cluster))
                        .build())
                .create();
    }

    private static String failure(Task task) {
        return String.valueOf(TestApplication.ENGINE.getTaskService().getVariable(task.getId(), "failureText"));
    }
}

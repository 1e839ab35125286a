package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.sandbox.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands in the way is told before anything is touched, all of it, and nobody can wave it through. */
class PreflightIT {

    @Test
    void shouldTellEverythingThatIsWrongAtOnce() {
        // given
        Fleet fleet = Application.take(3);
        ofAnotherMesh(fleet.first());
        fleet.cluster(fleet.second()).clock(Duration.ofMinutes(10)).kubernetes("v1.25.0");
        fleet.cluster(fleet.third()).deny("create", "pods/exec").deny("list", "nodes");

        List<Write> before = fleet.writes();

        // when
        String told = failure(fleet.request().task("Decide how to go on"));

        // then
        assertThat(told)
                .contains(
                        fleet.first() + ", mesh ID of the installed Istio: expected " + fleet.mesh() + ", found mesh9.",
                        fleet.first() + ", network of the installed Istio",
                        fleet.second() + ", clock of the API server",
                        fleet.second() + ", Kubernetes version: expected 1.32 to 1.36",
                        fleet.third() + ", rights of this service: expected the rights to create pods/exec in sample",
                        fleet.third() + ", what the preflight may read: expected the rights to list nodes");
        assertThat(fleet.writes()).isEqualTo(before);
    }

    @Test
    void shouldTellWhatIsWrongElsewhereThoughOneClusterDoesNotAnswer() {
        // given
        Fleet fleet = Application.take(2);
        fleet.cluster(fleet.first()).clock(Duration.ofMinutes(-10));
        fleet.cluster(fleet.second()).silence(Duration.ofMinutes(1));

        // when
        String told = failure(fleet.request().task("Decide how to go on"));

        // then
        assertThat(told)
                .contains(
                        fleet.first() + ", clock of the API server",
                        fleet.second() + ", API server: expected an answer within a few seconds");
        fleet.cluster(fleet.second()).silence(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"continue", "ignore", "approve"})
    void shouldNotLetAnybodyGoOnAgainstIt(String decision) {
        // given
        Fleet fleet = Application.take(2);
        fleet.cluster(fleet.first()).clock(Duration.ofMinutes(10));
        Change change = fleet.request();

        // when
        change.decide("olivia", "Decide how to go on", Map.of("decision", decision));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_ChangeStopped");
        assertThat(fleet.writes()).isEmpty();
    }

    @Test
    void shouldGoOnOnceNothingStandsInTheWayAnyMore() {
        // given
        Fleet fleet = Application.take(2);
        fleet.cluster(fleet.second()).deny("create", "pods/portforward");
        Change change = fleet.request();
        change.task("Decide how to go on");

        // when
        change.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));
        String again = failure(change.task("Decide how to go on"));
        fleet.cluster(fleet.second()).allowAll();
        change.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));

        change.decide("carla", "Approve change", Map.of("approved", false, "comment", "not today"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_ChangeRejected");
        assertThat(again).contains("create pods/portforward in istio-system");
        assertThat(decisions(change)).containsExactly("retry", "retry", "REJECTED");
    }

    private static List<String> decisions(Change change) {
        return Application.CONTEXT
                .getBean(JdbcClient.class)
                .sql("select RESULT from MESHSPAN_AUDIT where CHANGE_ID = ? and KIND = 'DECIDED' order by ID")
                .param(change.id())
                .query(String.class)
                .list();
    }

    private static void ofAnotherMesh(String cluster) {
        KubernetesClient client = Application.SANDBOX.client(cluster);
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
        return String.valueOf(Application.ENGINE.getTaskService().getVariable(task.getId(), "failureText"));
    }
}

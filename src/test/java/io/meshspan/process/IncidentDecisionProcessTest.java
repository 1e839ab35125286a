package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.engine.incident.IncidentDecisions;
import io.meshspan.engine.incident.NoErrorPath;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.Topology;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** A fault that stays becomes a decision where a person asks for it; without another attempt, and by the diagram's own way. */
class IncidentDecisionProcessTest extends HappyPath {

    private static final int ATTEMPTS = 8;
    private static final JavaDelegate AWAY = execution -> {
        throw new TransientException("cluster2, Namespace istio-system: no answer from the API server");
    };

    private final IncidentDecisions decisions = new IncidentDecisions(stage.engine());

    IncidentDecisionProcessTest() {
        super(
                "multi-primary",
                mesh(Topology.MULTI_PRIMARY, primary("cluster1", "network1"), primary("cluster2", "network1")));
    }

    @Test
    void shouldAskAboutTheClusterThatTheFaultNames() {
        // given
        stage.play("createNamespacesDelegate", AWAY);
        ProcessInstance change = prepared(true);
        String job = resting("Task_CreateNamespaces");
        List<String> calls = stage.calls();

        // when
        then(decisions.hindrance(job)).isEmpty();
        then(decisions.ask(job)).isTrue();

        // then
        assertThat(change).isWaitingAt("CallActivity_ResolveFailure");
        then(stage.calls()).isEqualTo(calls);
        then(stage.incidents()).isEmpty();
        then(stage.variable(change, "failureCode")).isEqualTo("FAULT_STAYED");
        then(stage.variable(change, "failureText"))
                .isEqualTo("A fault that should have passed by itself did not:\n"
                        + "cluster2, Namespace istio-system: no answer from the API server");
        then(stage.variable(change, "failedCluster")).isEqualTo("cluster2");
        then(decisions.ask(job)).isFalse();
    }

    @Test
    void shouldAskInTheProcessOfTheOneClusterWhileTheOthersGoOn() {
        // given
        stage.play("installControlPlaneDelegate", StubDelegates.SUCCEEDS, AWAY);
        ProcessInstance change = prepared(true);
        stage.run(
                "Task_CreateNamespaces",
                "CallActivity_ConfigureTrust",
                "Task_ConfigureTrust",
                "CallActivity_InstallPrimary");
        runOne("Task_InstallControlPlane");
        String job = resting("Task_InstallControlPlane");

        // when
        decisions.ask(job);
        stage.leaveOut("cluster2");
        stage.resolve(Map.of("decision", "without"));

        // then
        stage.run("CallActivity_ExcludeCluster", "Task_RevokeRemoteSecrets", "Task_ReleaseLease");
        waited("CallActivity_WaitForIstiod");
        stage.run("Task_InstallIngressGateway", "CallActivity_InstallPrimary");
        assertThat(change).isWaitingAt("Task_ExchangeRemoteSecrets");
    }

    /** The wait's own diagram asks nobody: whoever waits is told that it ended. */
    @Test
    void shouldEndAWaitThatCannotBeWatched() {
        // given
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod");
        stage.play("watchConditionDelegate", AWAY);

        // when
        decisions.ask(resting("Task_WatchCondition"));

        // then
        assertThat(primary).hasPassed("BoundaryEvent_StepFailed").isWaitingAt("CallActivity_ResolveFailure");
        then(stage.variable(primary, "failureCode")).isEqualTo("WAIT_ENDED");
        then(String.valueOf(stage.variable(primary, "failureText"))).contains("cluster2, Namespace istio-system");
        then(stage.variable(primary, "failedCluster")).isEqualTo("cluster1");
    }

    @Test
    void shouldSayWhyWhereTheDiagramAsksNobody() {
        ProcessInstance alone = stage.start("await-condition", Map.of("condition", "istiod-ready"));
        stage.play("watchConditionDelegate", AWAY);
        String job = resting("Task_WatchCondition");

        then(decisions.hindrance(job)).hasValueSatisfying(words -> then(words).contains("retry the step"));
        assertThatThrownBy(() -> decisions.ask(job)).isInstanceOf(NoErrorPath.class);
        assertThat(alone).isWaitingAt("Task_WatchCondition");
        then(stage.incidents()).hasSize(1);
    }

    @Test
    void shouldLeaveAStepAloneThatIsStillTriedAgain() {
        ProcessInstance primary = stage.start("install-primary", Map.of("cluster", "cluster1"));
        String job = stage.jobs("Task_InstallControlPlane").get(0).getId();

        then(decisions.ask(job)).isFalse();
        assertThat(primary).isWaitingAt("Task_InstallControlPlane");
    }

    private void runOne(String activity) {
        stage.engine()
                .getManagementService()
                .executeJob(stage.jobs(activity).get(0).getId());
    }

    /** The job of the step, after as many attempts as it gets. */
    private String resting(String activity) {
        Job job = stage.jobs(activity).get(0);
        for (int attempt = 1; stage.incidents().isEmpty(); attempt++) {
            then(attempt).as("attempts of %s", activity).isLessThanOrEqualTo(ATTEMPTS);
            assertThatThrownBy(() -> stage.engine().getManagementService().executeJob(job.getId()))
                    .isInstanceOf(TransientException.class);
        }
        return stage.incidents().stream()
                .filter(incident -> incident.getActivityId().equals(activity))
                .map(Incident::getConfiguration)
                .findFirst()
                .orElseThrow();
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.Topology;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates that cert-manager signs are requested, and waited for in the model; every other source answers at once. */
class ConfigureTrustProcessTest extends HappyPath {

    ConfigureTrustProcessTest() {
        super(
                "multi-primary",
                mesh(Topology.MULTI_PRIMARY, primary("cluster1", "network1"), primary("cluster2", "network1")));
    }

    @BeforeEach
    void signedInClusters() {
        stage.signedInClusters();
    }

    @Test
    void shouldWaitForTheCertificatesThatItRequested() {
        ProcessInstance change = requested();
        then(stage.calledVariable(change, "condition")).isEqualTo("certificates-issued");
        then(stage.jobs("Task_ConfigureTrust")).isEmpty();

        stage.met();
        stage.run("Task_ConfigureTrust");

        assertThat(change).isWaitingAt("CallActivity_InstallPrimary");
        then(stage.calls())
                .containsSubsequence("createNamespaces", "requestCertificates", "watchCondition", "configureTrust");
    }

    /** As after a crash of the node between the request and the certificate: the wait is renewed by whoever is there. */
    @Test
    void shouldLookAgainAfterTheWatchDied() {
        ProcessInstance change = requested();

        stage.run("Event_TimeToLookAgain", "Task_WatchCondition");
        stage.met();
        stage.run("Task_ConfigureTrust");

        assertThat(change).isWaitingAt("CallActivity_InstallPrimary");
        then(stage.calls()).filteredOn("requestCertificates"::equals).hasSize(1);
    }

    @Test
    void shouldAskAPersonAtOnceWhereARequestIsDeniedAndRequestAgain() {
        ProcessInstance change = requested();

        stage.failureSeen();
        stage.run("Task_DescribeWait");

        assertThat(change).isWaitingAt("CallActivity_ResolveFailure").hasPassed("BoundaryEvent_StepFailed");
        then(stage.variable(change, "failureCode")).isEqualTo(FailureCode.WAIT_ENDED.name());

        stage.resolve(RETRY);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_RequestCertificates");
        stage.run("CallActivity_WaitForCertificates", "Task_WatchCondition");
        stage.met();
        stage.run("Task_ConfigureTrust");
        assertThat(change).isWaitingAt("CallActivity_InstallPrimary");
    }

    @Test
    void shouldAskAPersonAtTheLimit() {
        stage.play("describeWaitDelegate", StubDelegates.sets(Map.of("failureText", "not approved yet")));
        ProcessInstance change = requested();

        stage.run("Event_LimitReached", "Task_DescribeWait");

        assertThat(change).isWaitingAt("CallActivity_ResolveFailure");
        then(stage.variable(change, "failureText")).isEqualTo("not approved yet");
    }

    /** The step is one of a called process for the whole mesh: its caller asks, and must know at which cluster it failed. */
    @Test
    void shouldTellItsCallerAtWhichClusterTheRequestFailed() {
        stage.play("requestCertificatesDelegate", StubDelegates.fails(FailureCode.INPUT_REJECTED, "no issuer"));
        ProcessInstance change = prepared(true);

        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_RequestCertificates");

        assertThat(change).isWaitingAt("CallActivity_ResolveFailure");
        then(stage.variable(change, "failedCluster")).isEqualTo("cluster1");
    }

    @Test
    void shouldRollBackWhereAPersonDecidesSoInsteadOfWaiting() {
        ProcessInstance change = requested();
        stage.failureSeen();
        stage.run("Task_DescribeWait");

        stage.resolve(Map.of("decision", "rollBack"));

        assertThat(change).isWaitingAt("CallActivity_RollBack");
    }

    private ProcessInstance requested() {
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_RequestCertificates");
        stage.run("CallActivity_WaitForCertificates", "Task_WatchCondition");
        return change;
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.Mesh;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** The order and the ends that every topology with remotes shares; each adds what follows when the remotes are served. */
abstract class RemoteTopologyScenarios extends HappyPath {

    RemoteTopologyScenarios(String process, Mesh mesh) {
        super(process, mesh);
    }

    /** The step that exposes istiod, as its delegate is named. */
    String exposure() {
        return "exposeIstiodAndServices";
    }

    /** The parts between the gateway of the primary and the remotes. */
    abstract void exposed();

    ProcessInstance remotesToBeServed() {
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        exposed();
        remotesInstalled();
        stage.run("Task_ExchangeRemoteSecrets");
        return change;
    }

    /** The annotation, which istiod looks for once, and the trust, before anything that needs them. */
    @Test
    void shouldAnnotateRemotesAndConfigureTrustFirst() {
        remotesToBeServed();

        then(stage.calls())
                .containsSubsequence("createNamespaces", "configureTrust", "installControlPlane cluster1")
                .containsSubsequence("createNamespaces", "exchangeRemoteSecrets");
    }

    @Test
    void shouldInstallNoRemoteBeforeTheIstiodThatItUsesIsExposed() {
        remotesToBeServed();

        then(stage.calls())
                .containsSubsequence(
                        "installControlPlane cluster1",
                        "installGateway cluster1",
                        exposure(),
                        "installRemote cluster2",
                        "exchangeRemoteSecrets");
        then(stage.calls().subList(0, stage.calls().indexOf(exposure())))
                .noneMatch(call -> call.startsWith("installRemote"));
    }

    @Test
    void shouldNotExposeIstiodBeforeItsGatewayHasAnAddress() {
        prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("CallActivity_InstallGateway", "Task_InstallGateway");
        waited("CallActivity_WaitForGateway");
        stage.run("CallActivity_WaitForAddress", "Task_WatchCondition");

        then(stage.calls()).doesNotContain(exposure());
    }

    @Test
    void shouldWaitUntilEachRemoteIsServed() {
        remotesToBeServed();

        stage.run("CallActivity_CompleteRemote", "CallActivity_WaitForRemote");

        then(stage.waitingFor()).contains("remote-ready of cluster2").allMatch(wait -> wait.startsWith("remote-ready"));
    }

    /** An injection webhook without the control plane's CA makes no sidecar, and no gateway. */
    @Test
    void shouldGoNoFurtherWhileARemoteIsNotServed() {
        ProcessInstance change = remotesToBeServed();
        stage.run("CallActivity_CompleteRemote", "CallActivity_WaitForRemote", "Task_WatchCondition");
        stage.met(1);

        then(stage.jobs("CallActivity_InstallRemoteGateway")).hasSizeLessThanOrEqualTo(1);
        then(stage.jobs("CallActivity_VerifyMesh")).isEmpty();
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldAskAPersonWhenARemoteIsNotServedInTimeAndStopWhenToldTo() {
        ProcessInstance change = remotesToBeServed();
        stage.run("CallActivity_CompleteRemote", "CallActivity_WaitForRemote", "Task_WatchCondition");
        stage.met(1);
        stage.run("Event_LimitReached", "Task_DescribeWait");

        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_InstallationStopped", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_VerifyMesh");
    }

    @Test
    void shouldRepeatTheStepsSinceTheApprovalWhenIstiodCouldNotBeExposed() {
        stage.play(
                exposure() + "Delegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"), StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        exposed();

        stage.resolve(RETRY);

        assertThat(change).hasPassed("BoundaryEvent_StepFailed").isWaitingAt("Task_CreateNamespaces");
    }

    @Test
    void shouldStopEverywhereWhenAPersonStopsOneRemote() {
        stage.play(
                "installRemoteDelegate",
                StubDelegates.fails(FailureCode.CHARTS_UNUSABLE, "no chart"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        exposed();
        stage.run("CallActivity_InstallRemote", "Task_InstallRemote");

        stage.resolve(STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_InstallationStopped", "EndEvent_ChangeStopped")
                .hasNotPassed("Task_ExchangeRemoteSecrets");
        then(stage.running()).isEmpty();
    }

    @Test
    void shouldEndUntouchedWhenRejected() {
        assertThat(prepared(false))
                .isEnded()
                .hasPassed("EndEvent_ChangeRejected")
                .hasNotPassed("Task_CreateNamespaces");
    }
}

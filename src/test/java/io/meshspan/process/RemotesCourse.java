package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.finding.FailureCode;
import io.meshspan.mesh.Mesh;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** The order and the ends that every topology with remotes shares; each adds what follows when the remotes are served. */
abstract class RemotesCourse extends HappyPath {

    RemotesCourse(String process, Mesh mesh) {
        super(process, mesh);
    }

    /** The parts between the gateway of the primary and the remotes. */
    abstract void exposed();

    ProcessInstance remotesToBeServed() {
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
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
                        "exposeIstiod",
                        "installRemote cluster2",
                        "exchangeRemoteSecrets");
        then(stage.calls().subList(0, stage.calls().indexOf("exposeIstiod")))
                .noneMatch(call -> call.startsWith("installRemote"));
    }

    @Test
    void shouldNotExposeIstiodBeforeItsGatewayHasAnAddress() {
        prepared(true);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        primariesInstalled();
        stage.run("CallActivity_InstallGateway#multiInstanceBody", "Task_InstallGateway");
        waited("CallActivity_WaitForGateway");
        stage.run("CallActivity_WaitForAddress", "Task_WatchCondition");

        then(stage.jobs("Task_ExposeIstiod")).isEmpty();
    }

    @Test
    void shouldWaitUntilEachRemoteIsServed() {
        remotesToBeServed();

        stage.run("CallActivity_WaitForRemote#multiInstanceBody");

        then(stage.waitingFor()).contains("remote-ready of cluster2").allMatch(wait -> wait.startsWith("remote-ready"));
    }

    /** An injection webhook without the control plane's CA makes no sidecar, and no gateway. */
    @Test
    void shouldGoNoFurtherWhileARemoteIsNotServed() {
        ProcessInstance change = remotesToBeServed();
        stage.run("CallActivity_WaitForRemote#multiInstanceBody", "Task_WatchCondition");
        stage.met(1);
        stage.run("CallActivity_WaitForRemote");

        then(stage.jobs("CallActivity_InstallRemoteGateway#multiInstanceBody")).isEmpty();
        then(stage.jobs("CallActivity_VerifyMesh")).isEmpty();
        assertThat(change).isNotEnded();
    }

    @Test
    void shouldAskAPersonWhenARemoteIsNotServedInTimeAndStopWhenToldTo() {
        ProcessInstance change = remotesToBeServed();
        stage.run("CallActivity_WaitForRemote#multiInstanceBody", "Task_WatchCondition");
        stage.met(1);
        stage.run("Event_LimitReached", "Task_DescribeWait");

        stage.complete("Task_DecideHowToGoOn", STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_WaitForRemoteEnded", "EndEvent_ChangeStopped")
                .hasNotPassed("CallActivity_VerifyMesh");
    }

    @Test
    void shouldRepeatTheStepsSinceTheApprovalWhenIstiodCouldNotBeExposed() {
        stage.play("exposeIstiodDelegate", Parts.fails(FailureCode.DENIED, "HTTP 403"), Parts.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        stage.run("Task_ExposeIstiod");

        stage.complete("Task_DecideHowToGoOn", RETRY);

        assertThat(change).hasPassed("BoundaryEvent_ExposeIstiodFailed").isWaitingAt("Task_CreateNamespaces");
    }

    @Test
    void shouldStopEverywhereWhenAPersonStopsOneRemote() {
        stage.play("installRemoteDelegate", Parts.fails(FailureCode.CHARTS_UNUSABLE, "no chart"), Parts.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        exposed();
        stage.run("CallActivity_InstallRemote#multiInstanceBody", "Task_InstallRemote");

        stage.complete("Task_DecideHowToGoOn", STOP);

        assertThat(change)
                .isEnded()
                .hasPassed("BoundaryEvent_InstallRemoteStopped", "EndEvent_ChangeStopped")
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

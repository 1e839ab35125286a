package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.mesh.Topology;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

class PrimaryRemoteMultiNetworkProcessTest extends RemoteTopologyScenarios {

    PrimaryRemoteMultiNetworkProcessTest() {
        super(
                "primary-remote-multi-network",
                mesh(
                        Topology.PRIMARY_REMOTE_MULTI_NETWORK,
                        primary("cluster1", "network1"),
                        remote("cluster2", "network2", "cluster1"),
                        remote("cluster3", "network3", "cluster1")));
    }

    @Override
    void exposed() {
        stage.run("Task_ExposeIstiodAndServices");
    }

    /** A remote's gateway last, when the webhook that makes its proxy works. */
    @Test
    void shouldKeepTheOrderOfTheGuide() {
        ProcessInstance change = remotesToBeServed();
        remotesServed();
        remoteGatewaysInstalled();
        meshVerified();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls())
                .containsExactly(
                        "checkInputs",
                        "runPreflight",
                        "computePlan",
                        "acquireLeases",
                        "createNamespaces",
                        "configureTrust",
                        "installControlPlane cluster1",
                        "watchCondition cluster1",
                        "installIngressGateway cluster1",
                        "installGateway cluster1",
                        "watchCondition cluster1",
                        "watchCondition cluster1",
                        "exposeIstiodAndServices",
                        "installRemote cluster2",
                        "installRemote cluster3",
                        "exchangeRemoteSecrets",
                        "watchCondition cluster2",
                        "watchCondition cluster3",
                        "installGateway cluster2",
                        "installGateway cluster3",
                        "watchCondition cluster2",
                        "watchCondition cluster3",
                        "watchCondition cluster2",
                        "watchCondition cluster3",
                        "watchCondition",
                        "deploySample",
                        "watchCondition",
                        "startCalls",
                        "noteAnswers",
                        "reportVerification",
                        "removeSample");
    }

    @Test
    void shouldVerifyOnlyWhenEveryGatewayHasAnAddress() {
        ProcessInstance change = remotesToBeServed();
        remotesServed();
        stage.run("CallActivity_InstallRemoteGateway", "Task_InstallGateway");
        stage.run("CallActivity_WaitForGateway", "Task_WatchCondition");
        stage.met(1);
        stage.run("CallActivity_WaitForAddress", "Task_WatchCondition");
        stage.met(1);

        then(stage.jobs("CallActivity_VerifyMesh")).isEmpty();
        assertThat(change).isNotEnded();
    }
}

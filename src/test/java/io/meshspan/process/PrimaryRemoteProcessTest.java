package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.mesh.Topology;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

class PrimaryRemoteProcessTest extends RemoteTopologyScenarios {

    PrimaryRemoteProcessTest() {
        super(
                "primary-remote",
                mesh(
                        Topology.PRIMARY_REMOTE,
                        primary("cluster1", "network1"),
                        remote("cluster2", "network1", "cluster1"),
                        remote("cluster3", "network1", "cluster1")));
    }

    @Override
    String exposure() {
        return "exposeIstiod";
    }

    @Override
    void exposed() {
        stage.run("Task_ExposeIstiod");
    }

    @Test
    void shouldKeepTheOrderOfTheGuide() {
        ProcessInstance change = remotesToBeServed();
        remotesCompleted();
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
                        "exposeIstiod",
                        "installRemote cluster2",
                        "installRemote cluster3",
                        "exchangeRemoteSecrets",
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
}

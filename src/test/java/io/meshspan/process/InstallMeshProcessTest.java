package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.mesh.Topology;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** Two primaries on two networks, each with a remote. */
class InstallMeshProcessTest extends RemoteTopologyScenarios {

    InstallMeshProcessTest() {
        super(
                "install-mesh",
                mesh(
                        Topology.MIXED,
                        primary("cluster1", "network1"),
                        remote("cluster2", "network1", "cluster1"),
                        primary("cluster3", "network2"),
                        remote("cluster4", "network2", "cluster3")));
    }

    @Override
    void exposed() {
        stage.run("Task_ExposeIstiodAndServices");
    }

    @Test
    void shouldKeepTheOrderOfTheGuideForEachOfItsPrimaries() {
        ProcessInstance change = remotesToBeServed();
        remotesServed();
        remoteGatewaysInstalled();
        meshVerified();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls())
                .containsSubsequence(
                        "createNamespaces",
                        "configureTrust",
                        "installControlPlane cluster1",
                        "installControlPlane cluster3",
                        "installGateway cluster1",
                        "installGateway cluster3",
                        "exposeIstiodAndServices",
                        "installRemote cluster2",
                        "installRemote cluster4",
                        "exchangeRemoteSecrets",
                        "installGateway cluster2",
                        "installGateway cluster4",
                        "deploySample",
                        "reportVerification");
    }

    /** What a mesh does not need is passed by: primaries on one network need no gateway at all. */
    @Test
    void shouldPassByWhatTheMeshDoesNotNeed() {
        stage.play(
                "checkInputsDelegate",
                StubDelegates.checkInputs(
                        mesh(Topology.MIXED, primary("cluster1", "network1"), primary("cluster2", "network1"))));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        exposed();
        stage.run("Task_ExchangeRemoteSecrets");
        meshVerified();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified");
        then(stage.calls()).noneMatch(call -> call.startsWith("installGateway") || call.startsWith("installRemote"));
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.assertThat;

import io.meshspan.mesh.Topology;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A primary and two remotes of it, of which the second joins. */
class AddClusterProcessTest extends RemoteTopologyScenarios {

    AddClusterProcessTest() {
        super(
                "add-cluster",
                mesh(
                        Topology.MIXED,
                        primary("cluster1", "network1"),
                        remote("cluster2", "network1", "cluster1"),
                        remote("cluster3", "network1", "cluster1")));
    }

    @BeforeEach
    void checked() {
        stage.play(
                "checkAdditionDelegate",
                StubDelegates.checkInputs(mesh(
                        Topology.MIXED,
                        primary("cluster1", "network1"),
                        remote("cluster2", "network1", "cluster1"),
                        remote("cluster3", "network1", "cluster1"))));
    }

    @Override
    void exposed() {
        stage.run("Task_ExposeIstiodAndServices");
    }

    @Test
    void shouldGiveTheNewRemoteItsControlPlaneBeforeItIsCompleted() {
        ProcessInstance change = remotesToBeServed();
        remotesCompleted();
        meshVerified();
        resultAccepted();

        assertThat(change).isEnded().hasPassed("EndEvent_MeshVerified").hasNotPassed("CallActivity_ResolveFailure");
        then(stage.calls())
                .containsSubsequence(
                        "createNamespaces",
                        "configureTrust",
                        "installRemote cluster3",
                        "exchangeRemoteSecrets",
                        "reportVerification");
    }
}

package io.meshspan.process;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;

/** The course of a change through the diagram of its topology, part by part; everything works unless a test says otherwise. */
abstract class HappyPath {

    static final Map<String, Object> RETRY = Map.of("decision", "retry");
    static final Map<String, Object> STOP = Map.of("decision", "stop");

    final StepHarness stage = StepHarness.cleared();

    private final String process;
    private final Mesh mesh;

    HappyPath(String process, Mesh mesh) {
        this.process = process;
        this.mesh = mesh;
    }

    /** Of two primaries, each on a network of its own. */
    HappyPath(String process) {
        this(
                process,
                mesh(
                        Topology.MULTI_PRIMARY_MULTI_NETWORK,
                        primary("cluster1", "network1"),
                        primary("cluster2", "network2")));
    }

    static Mesh mesh(Topology topology, Member... members) {
        return new Mesh(new MeshId("mesh1"), topology, IstioVersion.parse("1.30.3"), List.of(members));
    }

    static Member primary(String cluster, String network) {
        return Member.primary(new ClusterName(cluster), new NetworkName(network));
    }

    static Member remote(String cluster, String network, String controlPlane) {
        return Member.remote(new ClusterName(cluster), new NetworkName(network), new ClusterName(controlPlane));
    }

    @BeforeEach
    void everythingWorks() {
        stage.play("checkInputsDelegate", StubDelegates.checkInputs(mesh));
        stage.play("watchConditionDelegate", StubDelegates.watch());
        stage.play("describeWaitDelegate", StubDelegates.sets(Map.of("failureText", "not yet")));
        stage.play("startCallsDelegate", StubDelegates.watch());
        stage.play("noteAnswersDelegate", StubDelegates.sets(Map.of("callAgain", false)));
        stage.play("reportVerificationDelegate", StubDelegates.sets(Map.of("verified", true)));
    }

    ProcessInstance prepared(boolean approved) {
        ProcessInstance change = stage.start(process, Map.of());
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight", "Task_ComputePlan");
        stage.complete("Task_ApproveChange", Map.of("approved", approved));
        if (approved) {
            stage.run("CallActivity_AcquireLeases", "Task_AcquireLeases");
        }
        return change;
    }

    void primariesInstalled() {
        stage.run("CallActivity_InstallPrimary", "Task_InstallControlPlane");
        waited("CallActivity_WaitForIstiod");
        stage.run("Task_InstallIngressGateway", "CallActivity_InstallPrimary");
    }

    void gatewaysInstalled() {
        stage.run("CallActivity_InstallGateway");
        gatewaysReady();
        stage.run("CallActivity_InstallGateway");
    }

    void remotesInstalled() {
        stage.run("CallActivity_InstallRemote", "Task_InstallRemote", "CallActivity_InstallRemote");
    }

    void remotesServed() {
        stage.run("CallActivity_CompleteRemote");
        waited("CallActivity_WaitForRemote");
    }

    /** Of remotes that have no gateway. */
    void remotesCompleted() {
        remotesServed();
        stage.run("CallActivity_CompleteRemote");
    }

    void remoteGatewaysInstalled() {
        stage.run("CallActivity_InstallRemoteGateway");
        gatewaysReady();
        stage.run("CallActivity_CompleteRemote");
    }

    private void gatewaysReady() {
        stage.run("Task_InstallGateway");
        waited("CallActivity_WaitForGateway");
        waited("CallActivity_WaitForAddress");
    }

    void oldRevisionRemoved(int clusters) {
        for (int cluster = 0; cluster < clusters; cluster++) {
            stage.run(
                    "CallActivity_RemoveOldRevision",
                    "Task_ReplaceDefaultRevision",
                    "Task_RemoveOldRevision",
                    "CallActivity_RemoveOldRevision");
        }
    }

    void meshVerified() {
        stage.run("CallActivity_VerifyMesh");
        waited("CallActivity_WaitForSync");
        stage.run("Task_DeploySample");
        waited("CallActivity_WaitForSample");
        stage.called();
        stage.run("Task_ReportVerification", "Task_RemoveSample");
    }

    /** Where the gate is off, nobody is asked. */
    void resultAccepted() {
        stage.run("CallActivity_AcceptResult");
    }

    void waited(String callActivity) {
        stage.run(callActivity, "Task_WatchCondition");
        stage.met();
    }
}

package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstallGatewayProcessTest {

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void watch() {
        stage.play("watchConditionDelegate", StubDelegates.watch());
        stage.play("describeWaitDelegate", StubDelegates.sets(Map.of("failureText", "not yet")));
    }

    @Test
    void shouldWaitForThePodsAndThenForTheAddress() {
        ProcessInstance gateway = installed();
        stage.run("CallActivity_WaitForGateway");
        then(stage.waitingFor()).containsExactly("gateway-ready of cluster2");
        stage.run("Task_WatchCondition");
        stage.met();
        stage.run("CallActivity_WaitForAddress");
        then(stage.waitingFor()).containsExactly("gateway-address of cluster2");
        stage.run("Task_WatchCondition");
        stage.met();

        assertThat(gateway)
                .isEnded()
                .hasPassedInOrder(
                        "Task_InstallGateway",
                        "CallActivity_WaitForGateway",
                        "CallActivity_WaitForAddress",
                        "EndEvent_GatewayReady")
                .hasNotPassed("CallActivity_ResolveFailure");
    }

    @Test
    void shouldAskAPersonWhenNoAddressComes() {
        ProcessInstance gateway = installed();
        stage.run("CallActivity_WaitForGateway", "Task_WatchCondition");
        stage.met();
        stage.run("CallActivity_WaitForAddress", "Task_WatchCondition");

        stage.run("Event_LimitReached", "Task_DescribeWait");

        assertThat(gateway).hasPassed("BoundaryEvent_StepFailed").isWaitingAt("CallActivity_ResolveFailure");
    }

    @Test
    void shouldAskAPersonWhenThePodsDoNotStart() {
        ProcessInstance gateway = installed();
        stage.run("CallActivity_WaitForGateway", "Task_WatchCondition");

        stage.run("Event_LimitReached", "Task_DescribeWait");

        assertThat(gateway)
                .hasPassed("BoundaryEvent_StepFailed")
                .isWaitingAt("CallActivity_ResolveFailure")
                .hasNotPassed("CallActivity_WaitForAddress");
    }

    @Test
    void shouldInstallAgainWhenAPersonTriesAgain() {
        stage.play(
                "installGatewayDelegate", StubDelegates.fails(FailureCode.INVALID, "HTTP 422"), StubDelegates.SUCCEEDS);
        ProcessInstance gateway = installed();

        stage.resolve(Map.of("decision", "retry"));
        stage.run("Task_InstallGateway");

        assertThat(gateway).isWaitingAt("CallActivity_WaitForGateway").hasPassed("BoundaryEvent_StepFailed");
    }

    private ProcessInstance installed() {
        ProcessInstance gateway = stage.start("install-gateway", Map.of("cluster", "cluster2"));
        stage.run("Task_InstallGateway");
        return gateway;
    }
}

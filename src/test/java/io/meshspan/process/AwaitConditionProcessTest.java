package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitConditionProcessTest {

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void watch() {
        stage.play("watchConditionDelegate", StubDelegates.watch());
        stage.play("describeWaitDelegate", StubDelegates.sets(Map.of("failureText", "not yet")));
    }

    @Test
    void shouldEndWhenTheConditionIsMet() {
        ProcessInstance wait = stage.start("await-condition", Map.of());
        stage.run("Task_WatchCondition");

        stage.met();

        assertThat(wait)
                .isEnded()
                .hasPassedInOrder("Task_WatchCondition", "Event_ConditionMet", "EndEvent_ConditionMet")
                .hasNotPassed("Event_TimeToLookAgain", "Event_LimitReached");
    }

    @Test
    void shouldWatchAgainNowAndThenWithoutMovingTheLimit() {
        ProcessInstance wait = stage.start("await-condition", Map.of());
        stage.run("Task_WatchCondition");
        Object limit = stage.variable(wait, "waitUntil");

        stage.run("Event_TimeToLookAgain", "Task_WatchCondition");
        stage.run("Event_TimeToLookAgain", "Task_WatchCondition");

        then(stage.calls()).containsExactly("watchCondition", "watchCondition", "watchCondition");
        then(stage.jobs("Event_LimitReached"))
                .singleElement()
                .satisfies(timer -> then(timer.getDuedate()).isEqualTo(limit));
        stage.met();
        assertThat(wait).isEnded().hasPassed("EndEvent_ConditionMet");
    }

    @Test
    void shouldTellTheCallerWhenTheLimitIsReached() {
        ProcessInstance caller = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod", "Task_WatchCondition");

        stage.run("Event_LimitReached", "Task_DescribeWait");

        assertThat(caller).hasPassed("BoundaryEvent_StepFailed").isWaitingAt("CallActivity_ResolveFailure");
        then(stage.variable(caller, "failureCode")).isEqualTo("WAIT_ENDED");
        then(String.valueOf(stage.variable(caller, "failureText"))).contains("not yet");
        then(stage.running()).hasSize(1);
    }

    @Test
    void shouldTellTheCallerAsSoonAsAFailureIsSeen() {
        ProcessInstance caller = stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod", "Task_WatchCondition");

        stage.failureSeen();
        stage.run("Task_DescribeWait");

        assertThat(caller).hasPassed("BoundaryEvent_StepFailed");
        then(stage.variable(caller, "failureCode")).isEqualTo("WAIT_ENDED");
    }

    @Test
    void shouldNotTakeAMessageAfterTheLimit() {
        stage.start("install-primary", Map.of("cluster", "cluster1"));
        stage.run("Task_InstallControlPlane", "CallActivity_WaitForIstiod", "Task_WatchCondition");
        stage.run("Event_LimitReached");

        assertThatThrownBy(stage::met).hasMessageContaining("wait for ConditionMet");
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.engine.model.MeshVariable;
import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallHelloWorldProcessTest {

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void calls() {
        stage.play("checkInputsDelegate", execution -> MeshVariable.write(execution, StubDelegates.MESH));
        stage.play("watchConditionDelegate", StubDelegates.watch());
        stage.play("startCallsDelegate", StubDelegates.watch());
        stage.play("describeCallsDelegate", StubDelegates.sets(Map.of("failureText", "no answer")));
    }

    @Test
    void shouldEndWhenTheAnswersAreNoted() {
        ProcessInstance calls = stage.start("call-helloworld", Map.of());
        stage.run("Task_StartCalls");

        stage.answered();

        assertThat(calls)
                .isEnded()
                .hasPassedInOrder("Task_StartCalls", "Event_CallsAnswered", "Task_NoteAnswers", "EndEvent_AnswersNoted")
                .hasNotPassed("Event_TimeToLookAgain", "Event_LimitReached");
    }

    /** Whether the calls are still being made is the delegate's to know. */
    @Test
    void shouldLookNowAndThenWithoutMovingTheLimit() {
        ProcessInstance calls = stage.start("call-helloworld", Map.of());
        stage.run("Task_StartCalls");
        Object limit = stage.variable(calls, "waitUntil");

        stage.run("Event_TimeToLookAgain", "Task_StartCalls");
        stage.run("Event_TimeToLookAgain", "Task_StartCalls");

        then(stage.calls()).containsExactly("startCalls", "startCalls", "startCalls");
        then(stage.jobs("Event_LimitReached"))
                .singleElement()
                .satisfies(timer -> then(timer.getDuedate()).isEqualTo(limit));
        stage.answered();
        assertThat(calls).isEnded().hasPassed("EndEvent_AnswersNoted");
    }

    @Test
    void shouldTellTheCallerWhenTheLimitIsReached() {
        ProcessInstance caller = calling();

        stage.run("Event_LimitReached", "Task_DescribeCalls");

        assertThat(caller).hasPassed("BoundaryEvent_StepFailed").isWaitingAt("CallActivity_ResolveFailure");
        then(stage.variable(caller, "failureCode")).isEqualTo("WAIT_ENDED");
        then(stage.variable(caller, "failureText")).asString().contains("no answer");
        then(stage.running()).hasSize(1);
    }

    @Test
    void shouldTellTheCallerWhatAPersonMustWeigh() {
        stage.play("noteAnswersDelegate", StubDelegates.fails(FailureCode.CLUSTER_UNKNOWN, "no cluster of this name"));
        ProcessInstance caller = calling();

        stage.answered();

        assertThat(caller).hasPassed("BoundaryEvent_StepFailed").isWaitingAt("CallActivity_ResolveFailure");
        then(stage.variable(caller, "failureCode")).isEqualTo("CLUSTER_UNKNOWN");
        then(stage.running()).hasSize(1);
    }

    @Test
    void shouldNotTakeAnAnswerAfterTheLimit() {
        calling();
        stage.run("Event_LimitReached");

        assertThatThrownBy(stage::answered).hasMessageContaining("wait for CallsAnswered");
    }

    private ProcessInstance calling() {
        ProcessInstance caller = stage.start("verify-mesh", Map.of("keepSample", false));
        stage.run("CallActivity_PrepareChange", "Task_RunPreflight", "Task_ComputePlan");
        stage.complete("Task_ApproveChange", Map.of("approved", true));
        stage.run(
                "CallActivity_AcquireLeases", "Task_AcquireLeases", "CallActivity_WaitForSync", "Task_WatchCondition");
        stage.met();
        stage.run("Task_DeploySample", "CallActivity_WaitForSample", "Task_WatchCondition");
        stage.met();
        stage.run("CallActivity_CallHelloWorld", "Task_StartCalls");
        return caller;
    }
}

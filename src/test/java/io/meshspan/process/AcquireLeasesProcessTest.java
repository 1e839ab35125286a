package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By itself, so that an error with which it ends finds nobody who expects it, and is seen here. */
class AcquireLeasesProcessTest {

    private static final JavaDelegate REFUSED =
            StubDelegates.sets(Map.of("clustersHeld", false, "failureText", "cluster1 is held by mesh2/4711"));
    private static final JavaDelegate HELD = StubDelegates.sets(Map.of("clustersHeld", true, "failureText", ""));

    private final StepHarness stage = StepHarness.cleared();

    @BeforeEach
    void waitsWork() {
        stage.play("watchConditionDelegate", StubDelegates.watch());
        stage.play("describeWaitDelegate", StubDelegates.sets(Map.of("failureText", "not yet")));
    }

    @Test
    void shouldEndAtOnceWhenNobodyIsInTheWay() {
        ProcessInstance turn = stage.start("acquire-leases", Map.of());

        stage.run("Task_AcquireLeases");

        assertThat(turn).isEnded().hasPassed("EndEvent_ClustersHeld").hasNotPassed("CallActivity_WaitForClusters");
    }

    @Test
    void shouldWaitForTheOtherChangeAndTryAgain() {
        stage.play("acquireLeasesDelegate", REFUSED, HELD);
        ProcessInstance turn = stage.start("acquire-leases", Map.of());
        stage.run("Task_AcquireLeases", "CallActivity_WaitForClusters", "Task_WatchCondition");
        then(stage.variable(turn, "failureText")).isEqualTo("cluster1 is held by mesh2/4711");

        stage.met();
        stage.run("Task_AcquireLeases");

        assertThat(turn).isEnded().hasPassed("CallActivity_WaitForClusters", "EndEvent_ClustersHeld");
    }

    @Test
    void shouldAskAPersonWhoReadsWhoIsInTheWayAndStops() {
        stage.play("acquireLeasesDelegate", REFUSED);
        ProcessInstance turn = stage.start("acquire-leases", Map.of());
        stage.run("Task_AcquireLeases", "CallActivity_WaitForClusters", "Task_WatchCondition");

        stage.run("Event_LimitReached", "Task_DescribeWait");
        then(stage.variable(turn, "failureText")).isEqualTo("cluster1 is held by mesh2/4711");

        assertThatThrownBy(() -> stage.resolve(Map.of("decision", "stop")))
                .hasMessageContaining("EndEvent_ChangeStopped")
                .hasMessageContaining("cluster1 is held by mesh2/4711");
    }

    @Test
    void shouldTryAgainWhenAClusterDidNotAllowIt() {
        stage.play("acquireLeasesDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"), HELD);
        ProcessInstance turn = stage.start("acquire-leases", Map.of());
        stage.run("Task_AcquireLeases");

        stage.resolve(Map.of("decision", "retry"));
        stage.run("Task_AcquireLeases");

        assertThat(turn).isEnded().hasPassed("BoundaryEvent_HoldFailed", "EndEvent_ClustersHeld");
    }

    @Test
    void shouldNotTouchAClusterOnAnApprovalThatGrewOldWhileItWaited() {
        stage.play("acquireLeasesDelegate", REFUSED, HELD);
        ProcessInstance turn = stage.start("acquire-leases", Map.of());
        stage.run("Task_AcquireLeases", "CallActivity_WaitForClusters", "Task_WatchCondition");

        stage.gates().approvalValid(false);

        assertThatThrownBy(() -> stage.met()).hasMessageContaining("APPROVAL_OUTDATED");
        assertThat(turn).hasNotPassed("EndEvent_ClustersHeld");
        then(stage.calls().stream().filter("acquireLeases"::equals)).hasSize(1);
    }
}

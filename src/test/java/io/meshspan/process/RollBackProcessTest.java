package io.meshspan.process;

import static org.assertj.core.api.BDDAssertions.then;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.meshspan.finding.FailureCode;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** From each place where a person decides, a roll back takes the whole change back and ends it. */
class RollBackProcessTest extends HappyPath {

    private static final Map<String, Object> ROLL_BACK = Map.of("decision", "rollBack");

    RollBackProcessTest() {
        super("multi-primary-multi-network");
    }

    @Test
    void shouldTakeBackAChangeThatCouldNotConfigureTrust() {
        // given
        ProcessInstance change = failedAtTrust();

        // when
        stage.resolve(ROLL_BACK);
        rolledBack();

        // then
        assertThat(change)
                .isEnded()
                .hasPassedInOrder("StartEvent_RollBackChosen", "CallActivity_RollBack", "EndEvent_ChangeRolledBack")
                .hasNotPassed("EndEvent_ChangeStopped");
        then(stage.calls()).containsSubsequence("removeObjects", "restoreState", "checkRollBack");
    }

    @Test
    void shouldEndWhatIsUnderWayInOtherClusters() {
        // given
        stage.play(
                "installControlPlaneDelegate",
                StubDelegates.fails(FailureCode.DENIED, "HTTP 403"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        stage.run("CallActivity_InstallPrimary", "Task_InstallControlPlane");

        // when
        stage.resolve(ROLL_BACK);
        rolledBack();

        // then
        assertThat(change).isEnded().hasPassed("EndEvent_ChangeRolledBack").hasNotPassed("EndEvent_ChangeStopped");
        then(stage.running()).isEmpty();
    }

    @Test
    void shouldTakeBackAChangeWhoseMeshIsNotVerified() {
        // given
        stage.play("reportVerificationDelegate", StubDelegates.sets(Map.of("verified", false)));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        primariesInstalled();
        gatewaysInstalled();
        stage.run("Task_ExposeServices", "Task_ExchangeRemoteSecrets");
        meshVerified();

        // when
        stage.resolve(ROLL_BACK);
        rolledBack();

        // then
        assertThat(change).isEnded().hasPassed("EndEvent_ChangeRolledBack").hasNotPassed("EndEvent_VerificationFailed");
    }

    @Test
    void shouldTryARollBackAgain() {
        // given
        stage.play(
                "checkRollBackDelegate",
                StubDelegates.fails(FailureCode.INVALID, "it is there"),
                StubDelegates.SUCCEEDS);
        ProcessInstance change = failedAtTrust();
        stage.resolve(ROLL_BACK);
        rolledBack();

        // when
        stage.resolve(RETRY);
        waited("CallActivity_WaitForStepsUnderWay");
        stage.run("CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_RemoveUnusedKinds", "Task_RestoreState", "Task_CheckRollBack");

        // then
        assertThat(change).isEnded().hasPassed("EndEvent_ChangeRolledBack");
    }

    @Test
    void shouldStopARollBackThatCannotGoOn() {
        // given
        stage.play("removeObjectsDelegate", StubDelegates.fails(FailureCode.DENIED, "HTTP 403"));
        ProcessInstance change = failedAtTrust();
        stage.resolve(ROLL_BACK);
        stage.run("CallActivity_RollBack");
        waited("CallActivity_WaitForStepsUnderWay");
        stage.run("CallActivity_RemoveObjects", "Task_RemoveHelloWorld");

        // when
        stage.resolve(STOP);

        // then
        assertThat(change).isEnded().hasPassed("EndEvent_RollBackStopped").hasNotPassed("EndEvent_ChangeRolledBack");
    }

    @Test
    void shouldRemoveNothingBeforeTheStepsUnderWayHaveEndedAndAskAPersonIfTheyDoNot() {
        // given
        ProcessInstance change = failedAtTrust();
        stage.resolve(ROLL_BACK);

        // when
        stage.run("CallActivity_RollBack", "CallActivity_WaitForStepsUnderWay", "Task_WatchCondition");
        assertThat(change).isNotEnded();
        stage.run("Event_LimitReached", "Task_DescribeWait");

        // then
        then(stage.calls()).doesNotContain("removeObjects");
        stage.resolve(STOP);
        assertThat(change).isEnded().hasPassed("EndEvent_RollBackStopped");
    }

    private ProcessInstance failedAtTrust() {
        stage.play("configureTrustDelegate", StubDelegates.fails(FailureCode.ROOTS_DIFFER, "two roots"));
        ProcessInstance change = prepared(true);
        stage.run("Task_CreateNamespaces", "CallActivity_ConfigureTrust", "Task_ConfigureTrust");
        return change;
    }

    private void rolledBack() {
        stage.run("CallActivity_RollBack");
        waited("CallActivity_WaitForStepsUnderWay");
        stage.run("CallActivity_RemoveObjects");
        stage.objectsRemoved();
        stage.run("Task_RemoveUnusedKinds", "Task_RestoreState", "Task_CheckRollBack");
    }
}

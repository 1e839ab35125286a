package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.engine.EngineInMemory;
import io.meshspan.mesh.ClusterName;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;

/**
 * All diagrams on an engine of their own, every delegate played. Nothing moves by itself: a test fires each job by the
 * activity at which it waits, so that it reads as the trace of the process. The clock moves a second with each step.
 */
final class StepHarness {

    private static final RecordingDelegates DELEGATES = new RecordingDelegates();
    private static final ProcessEngine ENGINE = EngineInMemory.with(DELEGATES.beans());

    static {
        DeploymentBuilder deployment = ENGINE.getRepositoryService().createDeployment();
        Diagram.all().forEach(diagram -> deployment.addModelInstance(diagram + ".bpmn", diagram.model()));
        deployment.deploy();
    }

    /** With no process running and no part assigned. */
    static StepHarness cleared() {
        AbstractAssertions.init(ENGINE);
        DELEGATES.forget();
        ENGINE.getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance ->
                        ENGINE.getRuntimeService().deleteProcessInstance(instance.getId(), "the test is over"));
        ENGINE.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .list()
                .forEach(
                        instance -> ENGINE.getHistoryService().deleteHistoricProcessInstanceIfExists(instance.getId()));
        return new StepHarness();
    }

    /** All diagrams once more, some of them as an earlier release had them. */
    Deployment deployEarlier(String... processes) {
        DeploymentBuilder deployment = ENGINE.getRepositoryService().createDeployment();
        Diagram.all().stream()
                .filter(diagram -> !List.of(processes).contains(diagram.name()))
                .forEach(diagram -> deployment.addModelInstance(diagram + ".bpmn", diagram.model()));
        List.of(processes).forEach(process -> deployment.addClasspathResource("earlier/" + process + ".bpmn"));
        return deployment.deploy();
    }

    ProcessEngine engine() {
        return ENGINE;
    }

    void play(String delegate, JavaDelegate... behaviours) {
        DELEGATES.play(delegate, behaviours);
    }

    StubGates gates() {
        return DELEGATES.gates();
    }

    /** The change has written something that could be taken back. */
    void written() {
        DELEGATES.written().reset(true);
    }

    /** cert-manager signs in the clusters, so that its certificates are requested and waited for. */
    void signedInClusters() {
        DELEGATES.requests().reset(true);
    }

    /** An operator decided to go on without this cluster. */
    void leaveOut(String cluster) {
        DELEGATES.leftOut().add(new ClusterName(cluster));
    }

    List<String> calls() {
        return DELEGATES.calls();
    }

    ProcessInstance start(String process, Map<String, Object> variables) {
        tick();
        return ENGINE.getRuntimeService().startProcessInstanceByKey(process, "mesh1", variables);
    }

    /** Fires the jobs that wait at this activity, one in each process instance that got there. */
    void run(String... activities) {
        for (String activity : activities) {
            List<Job> jobs = jobs(activity);
            assertThat(jobs).as("jobs at %s", activity).isNotEmpty();
            jobs.forEach(job -> {
                tick();
                ENGINE.getManagementService().executeJob(job.getId());
            });
        }
    }

    List<Job> jobs(String activity) {
        return ENGINE.getManagementService()
                .createJobQuery()
                .activityId(activity)
                .list();
    }

    /** What a watch does when the cluster says that the condition will not be met. */
    void failureSeen() {
        ENGINE.getRuntimeService()
                .createMessageCorrelation("FailureSeen")
                .setVariable("waitFailure", "no image")
                .correlate();
    }

    /** What a watch does when it sees the condition met, in each process instance that waits now. */
    void met() {
        met(Integer.MAX_VALUE);
    }

    /** Met for so many of the process instances that wait now. */
    void met(int most) {
        subscribed("ConditionMet").stream().limit(most).forEach(execution -> correlate("ConditionMet", execution));
        run("Event_ConditionMet");
    }

    /** The steps of "Remove objects", once the control planes that stay have forgotten the clusters. */
    void objectsRemoved() {
        run("Task_RemoveHelloWorld", "Task_RemoveRemoteSecrets", "CallActivity_WaitUntilForgotten");
        run("Task_WatchCondition");
        met();
        run(
                "Task_RemoveExposure",
                "Task_RemoveGateways",
                "Task_RemoveControlPlanes",
                "Task_RemoveTrust",
                "Task_RemoveNamespaces");
    }

    /** A round of calls to HelloWorld, up to its answer. */
    void called() {
        run("CallActivity_CallHelloWorld", "Task_StartCalls");
        answered();
    }

    /** What the thread that made the calls does at their end. */
    void answered() {
        List<Execution> waiting = subscribed("CallsAnswered");
        waiting.forEach(execution -> correlate("CallsAnswered", execution));
        run("Task_NoteAnswers");
    }

    /** What a check tells a process whose drift has changed, or which waits for the end of a change. */
    void moved() {
        subscribed("DriftMoved").forEach(execution -> correlate("DriftMoved", execution));
    }

    private static List<Execution> subscribed(String message) {
        List<Execution> waiting = ENGINE.getRuntimeService()
                .createExecutionQuery()
                .messageEventSubscriptionName(message)
                .list();
        assertThat(waiting).as("processes that wait for %s", message).isNotEmpty();
        return waiting;
    }

    private static void correlate(String message, Execution execution) {
        ENGINE.getRuntimeService()
                .createMessageCorrelation(message)
                .processInstanceId(execution.getProcessInstanceId())
                .correlate();
    }

    /** Of whichever process that was called has it; as it was at the end, or is now. */
    Object calledVariable(ProcessInstance change, String name) {
        return ENGINE.getHistoryService()
                .createNativeHistoricVariableInstanceQuery()
                .sql("select * from ACT_HI_VARINST where ROOT_PROC_INST_ID_ = #{root} and NAME_ = #{name}"
                        + " order by CREATE_TIME_ desc")
                .parameter("root", change.getId())
                .parameter("name", name)
                .list()
                .get(0)
                .getValue();
    }

    /** As it was at the end, or is now. */
    Object variable(ProcessInstance instance, String name) {
        return ENGINE.getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance.getId())
                .variableName(name)
                .singleResult()
                .getValue();
    }

    /** What the called waits were asked to wait for, for example {@code istiod-ready of cluster1}. */
    List<String> waitingFor() {
        return ENGINE
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("await-condition")
                .list()
                .stream()
                .map(wait -> variable(wait, "condition") + " of " + variable(wait, "cluster"))
                .toList();
    }

    List<Incident> incidents() {
        return ENGINE.getRuntimeService().createIncidentQuery().list();
    }

    Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    List<ProcessInstance> running() {
        return ENGINE.getRuntimeService().createProcessInstanceQuery().list();
    }

    List<HistoricProcessInstance> everStarted() {
        return ENGINE.getHistoryService().createHistoricProcessInstanceQuery().list();
    }

    void complete(String task, Map<String, Object> decision) {
        tick();
        Task open = ENGINE.getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(task)
                .singleResult();
        ENGINE.getTaskService().complete(open.getId(), decision);
        run(task);
    }

    /** An operator decides how a failure is resolved. */
    void resolve(Map<String, Object> decision) {
        run("CallActivity_ResolveFailure");
        complete("Task_DecideHowToGoOn", decision);
    }

    private static void tick() {
        ClockUtil.setCurrentTime(
                Date.from(ClockUtil.getCurrentTime().toInstant().plusSeconds(1)));
    }
}

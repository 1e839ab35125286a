package io.meshspan.process.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.meshspan.condition.Waits;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.node.StepsInFlight;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.schedule.PeriodicTasks;
import io.meshspan.verification.CallReport;
import io.meshspan.verification.MeshVerification;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.transaction.PlatformTransactionManager;

/** The diagram with its own delegates; the clusters are played, and a test fires each job. */
class HelloWorldCallsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY_MULTI_NETWORK,
            IstioVersion.parse("1.30.3"),
            List.of(
                    Member.primary(new ClusterName("cluster1"), new NetworkName("network1")),
                    Member.primary(new ClusterName("cluster2"), new NetworkName("network2"))));

    private final MeshVerification verification = mock(MeshVerification.class);
    private final StepsInFlight steps = mock(StepsInFlight.class);
    private final ChangeRecord record = mock(ChangeRecord.class);
    private final Waits waits = mock(Waits.class);
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final Set<String> alive = ConcurrentHashMap.newKeySet();
    private final AtomicInteger begun = new AtomicInteger();
    private final LinkedBlockingQueue<CompletableFuture<CallReport>> running = new LinkedBlockingQueue<>();
    private final MeshVariable members = new MeshVariable(change -> Set.of());
    private final ProcessEngine engine = engine();

    private ProcessEngine engine() {
        StandaloneInMemProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:helloworld-calls-" + UUID.randomUUID());
        configuration.setProcessEngineName("helloworld-calls");
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setJobExecutorActivate(false);
        configuration.getProcessEnginePlugins().add(new SpinProcessEnginePlugin());
        Map<Object, Object> beans = new ConcurrentHashMap<>();
        configuration.setBeans(beans);
        ProcessEngine built = configuration.buildProcessEngine();
        RuntimeService runtime = built.getRuntimeService();
        HelloWorldCalls calls =
                new HelloWorldCalls(verification, steps, runtime, mock(PlatformTransactionManager.class), periodic);
        beans.put("waits", waits);
        beans.put("startCallsDelegate", new StartCallsDelegate(steps, calls, members, record, waits));
        NoteAnswersDelegate answers = new NoteAnswersDelegate(record);
        beans.put("noteAnswersDelegate", answers);
        beans.put("callHelloWorldDelegate", new CallHelloWorldDelegate(verification, members, answers));
        beans.put("describeCallsDelegate", new DescribeCallsDelegate(waits, steps));
        return built;
    }

    @BeforeEach
    void aMeshWhoseClustersAreCalled() {
        when(waits.lookAgain()).thenReturn("PT15S");
        when(waits.callsAnsweredWithin()).thenReturn(Duration.ofMinutes(30));
        when(steps.open(anyString(), anyString())).thenAnswer(call -> "calls-" + begun.incrementAndGet());
        doAnswer(call -> alive.add(call.getArgument(0))).when(steps).keepAlive(anyString());
        doAnswer(call -> alive.remove(call.<String>getArgument(0))).when(steps).close(anyString());
        when(steps.isAlive(anyString(), anyString())).thenAnswer(call -> alive.contains(call.<String>getArgument(1)));
        when(verification.call(any())).thenAnswer(call -> {
            CompletableFuture<CallReport> answer = new CompletableFuture<>();
            running.add(answer);
            try {
                return answer.join();
            } catch (CompletionException e) {
                throw Objects.requireNonNull(e.getCause());
            }
        });
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "call-helloworld.bpmn", Bpmn.readModelFromFile(new File("processes/call-helloworld.bpmn")))
                .deploy();
    }

    @Test
    void shouldHandTheAnswerOverAndCloseTheRow() throws Exception {
        String change = started();
        assertThat(alive).containsExactly("calls-1");

        calls().complete(report("v1"));

        fire("Task_NoteAnswers");
        assertThat(ended(change)).isTrue();
        assertThat(alive).isEmpty();
        assertThat(variable(change, "callRounds")).isEqualTo(1);
        assertThat(variable(change, "callAgain")).isEqualTo(true);
        assertThat(String.valueOf(variable(change, "calls"))).contains("\"cluster1\":\"v1\"");
    }

    @Test
    void shouldLeaveCallsAloneThatAreBeingMade() throws Exception {
        String change = started();
        CompletableFuture<CallReport> calls = calls();

        fire("Event_TimeToLookAgain");
        fire("Task_StartCalls");

        assertThat(begun).hasValue(1);
        calls.complete(report("v1"));
        fire("Task_NoteAnswers");
        assertThat(ended(change)).isTrue();
        verify(record, never()).attemptFailed(any(), any(), any());
    }

    /** Their node was taken for dead, or died between the commit and the first call; the answer that comes late is not theirs. */
    @Test
    void shouldMakeThemAgainWhenTheirNodeDiedAndIgnoreTheirLateAnswer() throws Exception {
        String change = started();
        CompletableFuture<CallReport> first = calls();
        alive.clear();

        fire("Event_TimeToLookAgain");
        fire("Task_StartCalls");
        CompletableFuture<CallReport> second = calls();
        first.complete(report("late"));

        await().atMost(SOON).untilAsserted(() -> verify(steps, Mockito.times(2)).close("calls-1"));
        assertThat(jobs("Task_NoteAnswers")).isEmpty();
        second.complete(report("v2"));
        fire("Task_NoteAnswers");
        assertThat(ended(change)).isTrue();
        assertThat(String.valueOf(variable(change, "calls"))).contains("v2").doesNotContain("late");
        verify(record).attemptFailed(any(), eq("calls to HelloWorld"), contains("The node that made them stopped"));
    }

    @Test
    void shouldMakeThemAgainAfterAFaultThatMayPass() throws Exception {
        String change = started();
        calls().completeExceptionally(new TransientException("cluster2: no answer"));
        await().atMost(SOON).until(alive::isEmpty);

        fire("Event_TimeToLookAgain");
        fire("Task_StartCalls");

        verify(record).attemptFailed(any(), eq("calls to HelloWorld"), eq("cluster2: no answer"));
        calls().complete(report("v1"));
        fire("Task_NoteAnswers");
        assertThat(ended(change)).isTrue();
    }

    /** What nobody foresaw may carry a secret. */
    @Test
    void shouldTellWithoutASecretWhatTheCallsFailedWithLastWhenTheLimitIsReached() throws Exception {
        String change = started();
        calls().completeExceptionally(new IllegalStateException("Bearer abc"));
        await().atMost(SOON).until(alive::isEmpty);

        fire("Event_LimitReached");
        fire("Task_DescribeCalls");

        assertThat(String.valueOf(variable(change, "failureText")))
                .contains(
                        "answers of HelloWorld",
                        "within 1800 s",
                        "Unexpected java.lang.IllegalStateException at",
                        "stop")
                .doesNotContain("Bearer");
    }

    @Test
    void shouldNameTheClusterThatDidNotAnswerWhenTheLimitIsReached() throws Exception {
        String change = started();
        calls().completeExceptionally(new TransientException("cluster2: no answer"));
        await().atMost(SOON).until(alive::isEmpty);

        fire("Event_LimitReached");
        fire("Task_DescribeCalls");

        assertThat(variable(change, "failedCluster")).isEqualTo("cluster2");
    }

    @Test
    void shouldFailWithWhatAPersonMustWeigh() throws Exception {
        String change = started();

        calls().completeExceptionally(new StepFailed(
                FailureCode.CLUSTER_UNKNOWN,
                Finding.blocking("cluster2", "inventory", "this cluster", "no cluster of this name", "Put it back.")));

        assertThatThrownBy(() -> fire("Task_NoteAnswers")).hasMessageContaining("no cluster of this name");
        assertThat(alive).isEmpty();
        assertThat(ended(change)).isFalse();
    }

    /** A message that nobody waits for at that moment is lost: it is sent until it is taken. */
    @Test
    void shouldHandTheAnswerOverThatCameWhileTheProcessLookedAgain() throws Exception {
        String change = started();
        CompletableFuture<CallReport> calls = calls();
        fire("Event_TimeToLookAgain");

        calls.complete(report("v1"));
        await().atMost(SOON)
                .untilAsserted(() -> verify(steps, Mockito.atLeast(2)).keepAlive("calls-1"));
        fire("Task_StartCalls");

        fire("Task_NoteAnswers");
        assertThat(ended(change)).isTrue();
        assertThat(begun).hasValue(1);
    }

    @Test
    void shouldDropTheAnswerOfAChangeThatWasDeleted() throws Exception {
        String change = started();
        CompletableFuture<CallReport> calls = calls();
        engine.getRuntimeService().deleteProcessInstance(change, "stopped");

        calls.complete(report("v1"));

        await().atMost(SOON).until(alive::isEmpty);
        assertThat(engine.getManagementService().createJobQuery().count()).isZero();
    }

    /** As in diagrams that were deployed before this one. */
    @Test
    void shouldStillMakeTheCallsWithinAStep() throws Exception {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "earlier.bpmn",
                        Bpmn.createExecutableProcess("earlier")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .serviceTask("Task_CallHelloWorld")
                                .camundaAsyncBefore()
                                .camundaDelegateExpression("${callHelloWorldDelegate}")
                                .endEvent()
                                .done())
                .deploy();
        String change = engine.getRuntimeService()
                .startProcessInstanceByKey("earlier", "mesh1", Map.of("mesh", JsonVariable.of(MESH)))
                .getId();

        CompletableFuture<Void> step = CompletableFuture.runAsync(() -> fire("Task_CallHelloWorld"));
        calls().complete(report("v1"));
        step.get(SOON.toSeconds(), TimeUnit.SECONDS);

        assertThat(ended(change)).isTrue();
        assertThat(variable(change, "callAgain")).isEqualTo(true);
        assertThat(String.valueOf(variable(change, "calls"))).contains("v1");
    }

    private String started() {
        String change = engine.getRuntimeService()
                .startProcessInstanceByKey("call-helloworld", "mesh1", Map.of("mesh", JsonVariable.of(MESH)))
                .getId();
        fire("Task_StartCalls");
        return change;
    }

    /** Those that were begun next. */
    private CompletableFuture<CallReport> calls() throws InterruptedException {
        CompletableFuture<CallReport> calls = running.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(calls).as("calls that are being made").isNotNull();
        return Objects.requireNonNull(calls);
    }

    private static CallReport report(String version) {
        return new CallReport(
                "helloworld.sample:5000/hello",
                true,
                new TreeMap<>(Map.of(new ClusterName("cluster1"), version)),
                new TreeMap<>());
    }

    private void fire(String activity) {
        await().atMost(SOON).until(() -> jobs(activity).size() == 1);
        engine.getManagementService().executeJob(jobs(activity).get(0).getId());
    }

    private List<Job> jobs(String activity) {
        return engine.getManagementService()
                .createJobQuery()
                .activityId(activity)
                .list();
    }

    private boolean ended(String change) {
        return engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(change)
                        .count()
                == 0;
    }

    private Object variable(String change, String name) {
        return engine.getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(change)
                .variableName(name)
                .singleResult()
                .getValue();
    }

    @AfterEach
    void close() {
        running.forEach(calls -> calls.cancel(true));
        periodic.destroy();
        engine.close();
    }
}

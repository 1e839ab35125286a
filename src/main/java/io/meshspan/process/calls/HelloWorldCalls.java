package io.meshspan.process.calls;

import io.meshspan.engine.model.JsonVariable;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.Mesh;
import io.meshspan.node.StepsInFlight;
import io.meshspan.schedule.PeriodicTasks;
import io.meshspan.tracing.WorkScope;
import io.meshspan.verification.MeshVerification;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The calls that this node makes, on their own threads and outside of any transaction. One transaction stores their answer
 * and deletes their row: either the process has the answer, or the row still shows whether the calls are alive. An answer
 * names its calls. It is ignored if the process waits for other calls by then.
 */
@Component
final class HelloWorldCalls {

    /** The id of the calls that the process waits for. */
    static final String ID = "callsId";

    /** Why the calls failed, if the failure may be transient. */
    static final String FAILURE = "callsFailure";

    /** Why the calls failed, if a person must decide. */
    static final String REFUSAL = "callsRefusal";

    private static final Logger LOG = LoggerFactory.getLogger(HelloWorldCalls.class);

    /** Each verification has its own threads for its clusters. Further verifications wait for their turn. */
    private static final int AT_ONCE = 8;

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final int TELL_EVERY = 10;

    private record Round(String instance, String id) {}

    /** The result of the calls, as variables of the process. */
    @FunctionalInterface
    private interface Answer {
        void tell();
    }

    private final MeshVerification verification;
    private final StepsInFlight steps;
    private final RuntimeService runtime;
    private final TransactionTemplate transaction;
    private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
    private final ThreadPoolTaskScheduler timer;
    private volatile boolean closed;

    HelloWorldCalls(
            MeshVerification verification,
            StepsInFlight steps,
            @Lazy RuntimeService runtime,
            PlatformTransactionManager transactions,
            PeriodicTasks periodic) {
        this.verification = verification;
        this.steps = steps;
        this.runtime = runtime;
        this.transaction = new TransactionTemplate(transactions);
        this.timer = periodic.scheduler("helloworld-answers", 1);
        threads.setThreadNamePrefix("helloworld-calls-");
        threads.setCorePoolSize(AT_ONCE);
        threads.setAllowCoreThreadTimeOut(true);
        threads.setDaemon(true);
        threads.initialize();
    }

    void begin(String change, String instance, String id, Mesh mesh) {
        steps.keepAlive(id);
        threads.execute(() -> {
            WorkScope scope = WorkScope.open(change, mesh.id().value(), null);
            try {
                call(new Round(instance, id), mesh);
            } finally {
                scope.close();
            }
        });
    }

    private void call(Round calls, Mesh mesh) {
        deliver(calls, answer(calls, mesh), 1);
    }

    private Answer answer(Round calls, Mesh mesh) {
        try {
            Object report = JsonVariable.of(verification.call(mesh));
            return () -> correlate(calls, Map.of(VariableNames.CALLS, report));
        } catch (StepFailed e) {
            return () -> correlate(calls, Map.of(REFUSAL, JsonVariable.of(new CallsRefusal(e))));
        } catch (TransientException e) {
            LOG.warn("A fault that may be transient: {}", e.getMessage());
            return () -> failed(calls, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            SanitizedException told = new SanitizedException(e);
            LOG.error("Calls failed with an unexpected exception", told);
            return () -> failed(calls, String.valueOf(told.getMessage()));
        }
    }

    /**
     * Repeats until the process has the answer: a job of the process may run at this moment, or the database may be down.
     */
    private void deliver(Round calls, Answer answer, int attempt) {
        if (closed) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> {
                if (awaited(calls)) {
                    answer.tell();
                }
                steps.close(calls.id());
            });
        } catch (RuntimeException e) {
            if (attempt % TELL_EVERY == 0) {
                LOG.warn(
                        "Process instance {} does not take the answer of its calls, attempt {}: {}",
                        calls.instance(),
                        attempt,
                        new SanitizedException(CauseChain.root(e)).getMessage());
            }
            steps.keepAlive(calls.id());
            var unused = timer.schedule(
                    () -> deliver(calls, answer, attempt + 1), Instant.now().plus(MOMENT));
        }
    }

    private boolean awaited(Round calls) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceId(calls.instance())
                        .variableValueEquals(ID, calls.id())
                        .count()
                > 0;
    }

    private void correlate(Round calls, Map<String, Object> answer) {
        runtime.createMessageCorrelation(VariableNames.CALLS_ANSWERED)
                .processInstanceId(calls.instance())
                .processInstanceVariableEquals(ID, calls.id())
                .setVariables(answer)
                .correlate();
    }

    /** The timer of the wait starts the calls again. */
    private void failed(Round calls, String failure) {
        runtime.setVariable(calls.instance(), FAILURE, LongText.shortened(failure));
    }

    /** Calls that are cut off are made again after the start. An interrupted thread must not touch H2's file. */
    @PreDestroy
    void close() {
        closed = true;
        threads.shutdown();
    }

    /** A roll back does not wait for calls: they change nothing, and the process ignores their answer. */
    @Component
    static final class GivenUpAtEnd implements ExecutionListener {

        private final ObjectProvider<StepsInFlight> steps;

        GivenUpAtEnd(ObjectProvider<StepsInFlight> steps) {
            this.steps = steps;
        }

        @Override
        public void notify(DelegateExecution ended) {
            if (ended.getVariableLocal(ID) instanceof String id) {
                steps.getObject().close(id);
            }
        }
    }
}

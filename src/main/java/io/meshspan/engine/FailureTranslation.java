package io.meshspan.engine;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.engine.record.ErrorOrigin;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.node.StepsInFlight;
import io.meshspan.tracing.ChangeTracer;
import io.meshspan.tracing.WorkScope;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.bpmn.delegate.JavaDelegateInvocation;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;
import org.camunda.bpm.engine.impl.interceptor.DelegateInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The only place that turns a feature's failure into the engine's. A failure that a person must decide on becomes a BPMN
 * error. A transient fault passes unchanged, so that the engine tries again. Any other exception could have a secret in its
 * message or its causes, and the engine would write both into five tables. So only its type and place pass.
 */
final class FailureTranslation implements DelegateInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(FailureTranslation.class);

    private final ObjectProvider<StepsInFlight> steps;
    private final ObjectProvider<ChangeTracer> tracer;

    FailureTranslation(ObjectProvider<StepsInFlight> steps, ObjectProvider<ChangeTracer> tracer) {
        this.steps = steps;
        this.tracer = tracer;
    }

    @Override
    public void handleInvocation(DelegateInvocation invocation) throws Exception {
        WorkScope scope = scope(invocation.getContextExecution());
        try {
            proceed(invocation);
        } catch (StepFailed e) {
            noteOrigin(invocation);
            throw error(invocation.getContextExecution(), e);
        } catch (TransientException e) {
            LOG.warn("A fault that may be transient: {}", e.getMessage());
            throw e;
        } catch (BpmnError e) {
            noteOrigin(invocation);
            throw e;
        } catch (ProcessEngineException e) {
            throw e;
        } catch (Exception e) {
            SanitizedException told = new SanitizedException(e);
            LOG.error("A step failed with an unexpected exception", told);
            throw told;
        } finally {
            scope.close();
        }
    }

    /** Each log line of a step says which change, mesh and cluster it is about. */
    private static WorkScope scope(@Nullable BaseDelegateExecution execution) {
        return execution instanceof DelegateExecution step
                ? WorkScope.open(ChangeId.of(step), step.getProcessBusinessKey(), cluster(step))
                : WorkScope.open(null, null, null);
    }

    private static @Nullable String cluster(DelegateExecution step) {
        return step.getVariable(VariableNames.CLUSTER) instanceof String cluster ? cluster : null;
    }

    /** What a step does to clusters is known to all nodes while it may be done. */
    private void proceed(DelegateInvocation invocation) throws Exception {
        StepsInFlight inFlight = steps.getIfAvailable();
        JobEntity job = Context.getCommandContext().getCurrentJob();
        if (inFlight != null
                && job != null
                && invocation instanceof JavaDelegateInvocation
                && invocation.getContextExecution() instanceof DelegateExecution step) {
            inFlight.during(ChangeId.of(step), name(step), cluster(step), job.getId(), () -> traced(step, invocation));
        } else {
            invocation.proceed();
        }
    }

    private static String name(DelegateExecution step) {
        return Objects.requireNonNullElse(step.getCurrentActivityName(), step.getCurrentActivityId());
    }

    /** Each attempt of a step is a span of its own: one that fails leaves nothing else in the trace. */
    private void traced(DelegateExecution step, DelegateInvocation invocation) throws Exception {
        ChangeTracer tracing = tracer.getIfAvailable();
        if (tracing == null) {
            invocation.proceed();
            return;
        }
        DelegateExecution caller = ((ExecutionEntity) step).getProcessInstance().getSuperExecution();
        Span span = tracing.attempt(
                ChangeId.of(step),
                String.valueOf(step.getProcessBusinessKey()),
                cluster(step),
                name(step),
                caller == null ? null : caller.getActivityInstanceId());
        Scope current = span.makeCurrent();
        try {
            invocation.proceed();
        } catch (Exception e) {
            span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
            throw e;
        } finally {
            current.close();
            span.end();
        }
    }

    private static void noteOrigin(DelegateInvocation invocation) {
        if (invocation.getContextExecution() instanceof DelegateExecution step) {
            ErrorOrigin.note(step);
        }
    }

    /**
     * The failure as a BPMN error. If it is about one cluster, the error names it, so that the change can go on without that
     * cluster.
     */
    static BpmnError error(@Nullable BaseDelegateExecution execution, StepFailed failure) {
        if (execution != null) {
            FailedCluster.write(execution, failure.findings());
            if (execution instanceof DelegateExecution step && passesOn(step)) {
                FailedCluster.tellCaller(step);
            }
        }
        return new BpmnError(failure.code().name(), LongText.shortened(String.valueOf(failure.getMessage())));
    }

    /** A wait, and a called process that works in the whole mesh, leave it to their callers to ask a person. */
    private static boolean passesOn(DelegateExecution step) {
        return step.hasVariable(VariableNames.CONDITION) || step.getVariable(VariableNames.CLUSTER) == null;
    }
}

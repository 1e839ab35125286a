package io.meshspan.engine;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.engine.record.ErrorOrigin;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import io.meshspan.node.StepsInFlight;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.bpmn.delegate.JavaDelegateInvocation;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;
import org.camunda.bpm.engine.impl.interceptor.DelegateInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The one place where a feature's failure becomes the engine's. What a person must weigh becomes a BPMN error; a passing
 * fault goes on as it is, for the engine to try again. Anything else could carry a secret in its message or its causes,
 * and the engine would write both into five tables: it goes on as its type and place alone.
 */
final class FailureTranslation implements DelegateInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(FailureTranslation.class);

    private final ObjectProvider<StepsInFlight> steps;

    FailureTranslation(ObjectProvider<StepsInFlight> steps) {
        this.steps = steps;
    }

    @Override
    public void handleInvocation(DelegateInvocation invocation) throws Exception {
        MDC.put(VariableNames.MESH_ID, mesh(invocation));
        MDC.put(VariableNames.CLUSTER, variable(invocation, VariableNames.CLUSTER));
        try {
            proceed(invocation);
        } catch (StepFailed e) {
            noteOrigin(invocation);
            throw error(invocation.getContextExecution(), e);
        } catch (TransientException e) {
            LOG.warn("A fault that may pass: {}", e.getMessage());
            throw e;
        } catch (BpmnError e) {
            noteOrigin(invocation);
            throw e;
        } catch (ProcessEngineException e) {
            throw e;
        } catch (Exception e) {
            SanitizedException told = new SanitizedException(e);
            LOG.error("A step ended in a way that nobody foresaw", told);
            throw told;
        } finally {
            MDC.remove(VariableNames.MESH_ID);
            MDC.remove(VariableNames.CLUSTER);
        }
    }

    /** What a step does to clusters is known to all nodes while it may be done. */
    private void proceed(DelegateInvocation invocation) throws Exception {
        StepsInFlight inFlight = steps.getIfAvailable();
        JobEntity job = Context.getCommandContext().getCurrentJob();
        if (inFlight != null
                && job != null
                && invocation instanceof JavaDelegateInvocation
                && invocation.getContextExecution() instanceof DelegateExecution step) {
            inFlight.during(
                    ChangeId.of(step),
                    Objects.requireNonNullElse(step.getCurrentActivityName(), step.getCurrentActivityId()),
                    CalledCluster.clusterIfAny(step).map(ClusterName::value).orElse(null),
                    job.getId(),
                    invocation::proceed);
        } else {
            invocation.proceed();
        }
    }

    private static void noteOrigin(DelegateInvocation invocation) {
        if (invocation.getContextExecution() instanceof DelegateExecution step) {
            ErrorOrigin.note(step);
        }
    }

    /** The failure as the diagrams know it; with the one cluster that it is about, for the choice to go on without it. */
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

    private static String mesh(DelegateInvocation invocation) {
        return invocation.getContextExecution() instanceof DelegateExecution execution
                ? String.valueOf(execution.getProcessBusinessKey())
                : "";
    }

    private static String variable(DelegateInvocation invocation, String name) {
        BaseDelegateExecution execution = invocation.getContextExecution();
        return execution == null ? "" : String.valueOf(execution.getVariable(name));
    }
}

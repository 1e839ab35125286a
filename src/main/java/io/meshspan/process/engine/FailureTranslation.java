package io.meshspan.process.engine;

import io.meshspan.finding.PassingFault;
import io.meshspan.finding.StepFailed;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;
import org.camunda.bpm.engine.impl.interceptor.DelegateInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a feature's failure becomes the engine's. What a person must weigh becomes a BPMN error; a passing
 * fault goes on as it is, for the engine to try again. Anything else could carry a secret in its message or its causes,
 * and the engine would write both into five tables: it goes on as its type and place alone.
 */
final class FailureTranslation implements DelegateInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(FailureTranslation.class);

    @Override
    public void handleInvocation(DelegateInvocation invocation) throws Exception {
        try {
            invocation.proceed();
        } catch (StepFailed e) {
            throw new BpmnError(e.code().name(), e.getMessage());
        } catch (PassingFault | ProcessEngineException e) {
            throw e;
        } catch (Exception e) {
            throw unexpected(e);
        }
    }

    private static IllegalStateException unexpected(Exception e) {
        StackTraceElement[] trace = e.getStackTrace();
        String place = trace.length == 0 ? "an unknown place" : trace[0].toString();
        IllegalStateException told = new IllegalStateException(
                "Unexpected %s at %s".formatted(e.getClass().getName(), place));
        told.setStackTrace(trace);
        LOG.debug("A delegate failed unexpectedly", told);
        return told;
    }
}

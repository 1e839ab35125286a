package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * The engine wraps what a task listener throws, and REST answers the wrapper with 500. Unwrapped, a refusal is answered
 * with 403 or 400 and its own words.
 */
final class RefusalInWords extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (AuthorizationException refused) {
            throw refused;
        } catch (ProcessEngineException wrapper) {
            if (wrapper.getCause() instanceof AuthorizationException refused) {
                throw refused;
            }
            if (wrapper.getCause() instanceof DecisionRefused refused) {
                throw refused;
            }
            throw wrapper;
        }
    }
}

package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * The engine wraps what a task listener throws, and REST answers the wrapper with 500. Unwrapped, a refusal is answered
 * with 403 or 400 and its own words. So is a weak password, with 400 and what it must be.
 */
final class ExceptionUnwrapper extends CommandInterceptor {

    /** Of the engine; it has no class of its own. */
    private static final String WEAK_PASSWORD = "Password does not match policy";

    private final PasswordRules passwords;

    ExceptionUnwrapper(PasswordRules passwords) {
        this.passwords = passwords;
    }

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
            if (WEAK_PASSWORD.equals(wrapper.getMessage())) {
                throw new BadUserRequestException(passwords.inWords());
            }
            throw wrapper;
        }
    }
}

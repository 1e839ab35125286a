package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Refuses every {@link ForbiddenCommands} to everybody who is logged in, administrators included: the right to start a process
 * includes starting it behind the approval, the right to work on a task includes ending it by an error, and an
 * administrator may move tokens, rewrite variables and deploy diagrams. The service itself is not logged in.
 */
final class CommandGuard extends CommandInterceptor {

    private final ProcessEngineConfigurationImpl engine;

    CommandGuard(ProcessEngineConfigurationImpl engine) {
        this.engine = engine;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (somebodyIsLoggedIn()) {
            ForbiddenCommands.of(command.getClass()).ifPresent(door -> {
                throw door == ForbiddenCommands.REMARKS
                        ? new RemarkRefused()
                        : new AuthorizationException(door.words());
            });
        }
        return next.execute(command);
    }

    private boolean somebodyIsLoggedIn() {
        return engine.getIdentityService().getCurrentAuthentication() != null;
    }
}

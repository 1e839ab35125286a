package io.meshspan.web;

import io.meshspan.process.model.RequestRefused;
import jakarta.ws.rs.BadRequestException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Answers a start that makes no sense with 400 and its findings. Camunda's REST interface, in Tasklist as for pipelines,
 * takes whatever the engine throws at a start for a defect and answers 500; its own exception it answers with an id before our
 * words. One of JAX-RS it leaves as it is.
 */
final class RefusedStart extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (RequestRefused refused) {
            throw new BadRequestException(refused.getMessage(), refused);
        }
    }
}

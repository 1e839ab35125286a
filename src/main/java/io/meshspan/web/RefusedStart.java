package io.meshspan.web;

import io.meshspan.finding.Causes;
import io.meshspan.process.model.RequestRefused;
import jakarta.ws.rs.BadRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Answers a start, or a decision, that makes no sense with 400 and its findings. Camunda's REST interface, in Tasklist as for pipelines,
 * takes whatever the engine throws at a start for a defect and answers 500; its own exception it answers with an id before our
 * words. One of JAX-RS it leaves as it is.
 */
final class RefusedStart extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (RequestRefused refused) {
            throw answer(refused);
        } catch (ProcessEngineException wrapper) {
            throw Causes.of(wrapper)
                    .filter(RequestRefused.class::isInstance)
                    .<RuntimeException>map(refused -> answer((RequestRefused) refused))
                    .findFirst()
                    .orElse(wrapper);
        }
    }

    private static BadRequestException answer(RequestRefused refused) {
        return new BadRequestException(refused.getMessage(), refused);
    }
}

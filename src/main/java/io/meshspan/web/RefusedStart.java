package io.meshspan.web;

import io.meshspan.finding.CauseChain;
import io.meshspan.process.engine.identity.DecisionRefused;
import io.meshspan.process.engine.identity.RemarkRefused;
import io.meshspan.process.model.RequestRefused;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Answers a start or a decision that makes no sense with 400 and its findings, and a remark with 403. Camunda's
 * REST interface, in Tasklist as for pipelines, takes whatever the engine throws there for a defect and answers 500, or with
 * words of its own; its own exception it answers with an id before our
 * words. One of JAX-RS it leaves as it is.
 */
final class RefusedStart extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (RequestRefused | DecisionRefused refused) {
            throw answer(refused);
        } catch (RemarkRefused refused) {
            throw new ForbiddenException(refused.getMessage(), refused);
        } catch (ProcessEngineException wrapper) {
            throw CauseChain.of(wrapper)
                    .filter(cause -> cause instanceof RequestRefused || cause instanceof DecisionRefused)
                    .<RuntimeException>map(refused -> answer((RuntimeException) refused))
                    .findFirst()
                    .orElse(wrapper);
        }
    }

    private static BadRequestException answer(RuntimeException refused) {
        return new BadRequestException(refused.getMessage(), refused);
    }
}

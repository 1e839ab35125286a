package io.meshspan.web;

import io.meshspan.process.engine.identity.DecisionRefused;
import io.meshspan.process.engine.identity.RemarkRefused;
import io.meshspan.process.model.RequestRefused;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
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
            throw new BadRequestException(refused.getMessage(), refused);
        } catch (RemarkRefused refused) {
            throw new ForbiddenException(refused.getMessage(), refused);
        }
    }
}

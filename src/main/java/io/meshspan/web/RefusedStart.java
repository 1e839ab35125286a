package io.meshspan.web;

import io.meshspan.engine.identity.DecisionRefused;
import io.meshspan.engine.identity.RemarkRefused;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.Findings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Answers a start or a decision that makes no sense with 400 and its findings, and a remark with 403. Camunda's
 * REST interface, in Tasklist as for pipelines, takes whatever the engine throws there for a defect and answers 500, or with
 * words of its own; its own exception it answers with an id before our
 * words. One of JAX-RS it leaves as it is.
 */
public final class RefusedStart extends CommandInterceptor {

    private static final String FINDINGS = RefusedStart.class.getName() + ".FINDINGS";

    /** What the start that this request asked for was refused for; its exception keeps nothing but a text on its way. */
    static Optional<Findings> findings(HttpServletRequest request) {
        return Optional.ofNullable((Findings) request.getAttribute(FINDINGS));
    }

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
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null && refused instanceof RequestRefused start) {
            request.setAttribute(FINDINGS, start.findings(), RequestAttributes.SCOPE_REQUEST);
        }
        return new BadRequestException(refused.getMessage(), refused);
    }
}

package io.meshspan.engine.identity;

import io.meshspan.engine.model.RequestRefused;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.Findings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Answers an invalid start or decision with 400 and its findings, and a comment of Tasklist with 403. Camunda's REST
 * interface treats every other exception as a defect: it answers 500, or puts its own text before ours. It passes JAX-RS
 * exceptions unchanged.
 */
@Component
public class RefusedStarts extends AbstractProcessEnginePlugin {

    private static final String FINDINGS = RefusedStarts.class.getName() + ".FINDINGS";

    /** Why the start in this request was refused. The exception itself has only a text. */
    public static Optional<Findings> findings(HttpServletRequest request) {
        return Optional.ofNullable((Findings) request.getAttribute(FINDINGS));
    }

    @Override
    @SuppressWarnings("NullAway") // the engine leaves the list null until somebody sets it
    public void preInit(ProcessEngineConfigurationImpl engine) {
        List<CommandInterceptor> present = engine.getCustomPreCommandInterceptorsTxRequired();
        List<CommandInterceptor> all = present == null ? new ArrayList<>() : new ArrayList<>(present);
        all.add(0, new RefusalTranslator());
        engine.setCustomPreCommandInterceptorsTxRequired(all);
    }

    private static final class RefusalTranslator extends CommandInterceptor {

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
}

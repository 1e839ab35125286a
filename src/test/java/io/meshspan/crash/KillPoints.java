package io.meshspan.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.core.annotation.Order;

/**
 * The only thing of the suite that lives in the process to be killed: tells the test of each service task before, after
 * and when it was committed, and goes on when the test has answered, if it still lives.
 */
@Order
final class KillPoints extends AbstractProcessEnginePlugin {

    static final String PORT = "crash.port";
    static final String NODE = "crash.node";

    @Override
    @SuppressWarnings("NullAway") // the engine leaves the list null until somebody sets it
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<BpmnParseListener> present = configuration.getCustomPostBPMNParseListeners();
        List<BpmnParseListener> all = present == null ? new ArrayList<>() : new ArrayList<>(present);
        all.add(new AbstractBpmnParseListener() {
            @Override
            public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
                activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) KillPoints::began);
                activity.addBuiltInListener(
                        ExecutionListener.EVENTNAME_END, (ExecutionListener) step -> tell(Moment.AFTER, name(step)));
            }
        });
        configuration.setCustomPostBPMNParseListeners(all);
    }

    private static void began(DelegateExecution step) {
        String name = name(step);
        Context.getCommandContext()
                .getTransactionContext()
                .addTransactionListener(TransactionState.COMMITTED, commit -> tell(Moment.COMMITTED, name));
        tell(Moment.BEFORE, name);
    }

    private static String name(DelegateExecution step) {
        String process = ((ExecutionEntity) step).getProcessDefinition().getKey();
        return "%s %s %s"
                .formatted(
                        process,
                        step.getCurrentActivityId().replace("Task_", ""),
                        Objects.requireNonNullElse(step.getVariableLocal("condition"), ""))
                .strip();
    }

    private static void tell(Moment moment, String step) {
        int port = Integer.getInteger(PORT);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write((System.getProperty(NODE) + " " + moment + " " + step + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            int unused = socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

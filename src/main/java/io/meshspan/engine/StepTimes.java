package io.meshspan.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reports at the end of a change how long its steps took. */
@Component
final class StepTimes implements ExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(StepTimes.class);
    private static final double MILLISECONDS = 1000;

    @Override
    public void notify(DelegateExecution execution) {
        boolean called = execution.getSuperExecution() != null;
        if (!called) {
            Context.getCommandContext().runWithoutAuthorization(() -> {
                tell(execution);
                return null;
            });
        }
    }

    private static void tell(DelegateExecution execution) {
        HistoryService history = execution.getProcessEngineServices().getHistoryService();
        List<HistoricActivityInstance> steps = history.createHistoricActivityInstanceQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .list();
        String times = steps.stream()
                .filter(step -> step.getActivityType().endsWith("Task")
                        || step.getActivityType().equals("callActivity"))
                .sorted(Comparator.comparing(HistoricActivityInstance::getStartTime))
                .map(StepTimes::line)
                .collect(Collectors.joining("\n"));
        LOG.info(
                "Change {} of mesh {} ended:\n{}",
                execution.getProcessInstanceId(),
                execution.getProcessBusinessKey(),
                times);
    }

    private static String line(HistoricActivityInstance step) {
        return String.format(Locale.ROOT, "%8.3f s  %s", milliseconds(step) / MILLISECONDS, step.getActivityName());
    }

    /** The last step ends in the current transaction: its row has no end time yet. */
    private static long milliseconds(HistoricActivityInstance step) {
        return step.getEndTime() == null
                ? Duration.between(
                                step.getStartTime().toInstant(),
                                ClockUtil.getCurrentTime().toInstant())
                        .toMillis()
                : step.getDurationInMillis();
    }
}

package io.meshspan.web.changes;

import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a running change does now, over all the processes that it called; in three queries, however many they are. */
@Component
class RunningChange {

    private static final Set<String> WAITS = Set.of("callActivity", "multiInstanceBody", "eventBasedGateway");
    private static final String UNFINISHED =
            "select * from ACT_HI_ACTINST where ROOT_PROC_INST_ID_ = #{root} and END_TIME_ is null";
    private static final String VARIABLES = "select * from ACT_HI_VARINST where ROOT_PROC_INST_ID_ = #{root}"
            + " and NAME_ in ('cluster', 'waitingFor', 'waitUntil')";

    private final HistoryService history;

    RunningChange(HistoryService history) {
        this.history = history;
    }

    List<Doing> now(String change) {
        Map<String, Map<String, Object>> variables = variables(change);
        return unfinished(change).stream()
                .filter(activity -> !WAITS.contains(activity.getActivityType()) || waits(activity))
                .map(activity -> doing(activity, variables.getOrDefault(activity.getProcessInstanceId(), Map.of())))
                .sorted(Comparator.comparing(Doing::since))
                .toList();
    }

    /** @throws NoSuchChange if there is no such task, or it belongs to no change */
    String changeOf(String task) {
        return Optional.ofNullable(
                        history.createHistoricTaskInstanceQuery().taskId(task).singleResult())
                .map(HistoricTaskInstance::getRootProcessInstanceId)
                .orElseThrow(() -> new NoSuchChange("of task " + task));
    }

    private static boolean waits(HistoricActivityInstance activity) {
        return activity.getActivityType().equals("eventBasedGateway");
    }

    private Collection<HistoricActivityInstance> unfinished(String change) {
        return history.createNativeHistoricActivityInstanceQuery()
                .sql(UNFINISHED)
                .parameter("root", change)
                .list();
    }

    private Map<String, Map<String, Object>> variables(String change) {
        List<HistoricVariableInstance> all = history.createNativeHistoricVariableInstanceQuery()
                .sql(VARIABLES)
                .parameter("root", change)
                .list();
        return all.stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.groupingBy(
                        HistoricVariableInstance::getProcessInstanceId,
                        Collectors.toMap(
                                HistoricVariableInstance::getName,
                                HistoricVariableInstance::getValue,
                                (first, second) -> second,
                                HashMap::new)));
    }

    private static Doing doing(HistoricActivityInstance activity, Map<String, Object> variables) {
        boolean waiting = waits(activity);
        return new Doing(
                activity.getProcessDefinitionKey(),
                activity.getProcessDefinitionId(),
                activity.getProcessInstanceId(),
                activity.getActivityId(),
                Objects.requireNonNullElse(activity.getActivityName(), activity.getActivityId()),
                (String) variables.get("cluster"),
                activity.getStartTime().toInstant(),
                waiting ? (String) variables.get("waitingFor") : null,
                waiting ? time(variables.get("waitUntil")) : null,
                activity.getTaskId(),
                activity.getAssignee());
    }

    private static java.time.@Nullable Instant time(@Nullable Object value) {
        return Optional.ofNullable((Date) value).map(Date::toInstant).orElse(null);
    }
}

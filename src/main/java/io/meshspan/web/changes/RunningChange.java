package io.meshspan.web.changes;

import static java.util.stream.Collectors.toMap;

import io.meshspan.database.EngineTables;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.springframework.stereotype.Component;

/** What a running change does now, in all its called processes; always with five queries. */
@Component
class RunningChange {

    private static final String WAIT = "eventBasedGateway";
    /** Activities that only contain the running step. */
    private static final Set<String> FRAMES = Set.of("callActivity", "multiInstanceBody", "subProcess");

    private final HistoryService history;
    private final ActiveJobs failed;
    private final CandidateGroups candidates;

    RunningChange(HistoryService history, ActiveJobs failed, CandidateGroups candidates) {
        this.history = history;
        this.failed = failed;
        this.candidates = candidates;
    }

    List<CurrentActivity> now(String change) {
        ChangeVariables variables = ChangeVariables.of(change, history);
        Map<String, List<String>> asked = candidates.of(change);
        Map<String, String> titles = titles(change);
        return Stream.concat(
                        unfinished(change).stream().map(activity -> doing(activity, variables, asked, titles)),
                        failed.of(change, variables).stream())
                .sorted(Comparator.comparing(CurrentActivity::cluster, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(CurrentActivity::since))
                .toList();
    }

    /** The called processes that run now, at every level. */
    List<RunningCall> calls(String change) {
        ChangeVariables variables = ChangeVariables.of(change, history);
        Map<String, HistoricProcessInstance> running = history
                .createNativeHistoricProcessInstanceQuery()
                .sql(EngineTables.UNFINISHED_PROCESSES)
                .parameter("root", change)
                .list()
                .stream()
                .collect(toMap(HistoricProcessInstance::getId, called -> called));
        return all(change).stream()
                .flatMap(
                        activity -> Optional.ofNullable(running.get(called(activity)))
                                .map(called -> call(activity, called, variables))
                                .stream())
                .toList();
    }

    private static String called(HistoricActivityInstance activity) {
        return Objects.requireNonNullElse(activity.getCalledProcessInstanceId(), "");
    }

    private static RunningCall call(
            HistoricActivityInstance activity, HistoricProcessInstance called, ChangeVariables variables) {
        return new RunningCall(
                activity.getProcessInstanceId(),
                activity.getActivityId(),
                called.getId(),
                called.getProcessDefinitionKey(),
                called.getProcessDefinitionId(),
                variables.cluster(called.getId()));
    }

    /** @throws NoSuchChange if the task does not exist or belongs to no change */
    String changeOf(String task) {
        return Optional.ofNullable(
                        history.createHistoricTaskInstanceQuery().taskId(task).singleResult())
                .map(HistoricTaskInstance::getRootProcessInstanceId)
                .orElseThrow(() -> new NoSuchChange("of task " + task));
    }

    private Collection<HistoricActivityInstance> unfinished(String change) {
        return all(change).stream()
                .filter(activity -> !FRAMES.contains(activity.getActivityType()))
                .toList();
    }

    private List<HistoricActivityInstance> all(String change) {
        return history.createNativeHistoricActivityInstanceQuery()
                .sql(EngineTables.UNFINISHED_ACTIVITIES)
                .parameter("root", change)
                .list();
    }

    /** The names of the open tasks, which can be more specific than the diagram's. */
    private Map<String, String> titles(String change) {
        List<HistoricTaskInstance> open = history.createNativeHistoricTaskInstanceQuery()
                .sql(EngineTables.UNFINISHED_TASKS)
                .parameter("root", change)
                .list();
        return open.stream()
                .filter(task -> task.getName() != null)
                .collect(Collectors.toMap(HistoricTaskInstance::getId, HistoricTaskInstance::getName));
    }

    private static CurrentActivity doing(
            HistoricActivityInstance activity,
            ChangeVariables variables,
            Map<String, List<String>> asked,
            Map<String, String> titles) {
        String instance = activity.getProcessInstanceId();
        boolean waits = activity.getActivityType().equals(WAIT);
        String task = Objects.requireNonNullElse(activity.getTaskId(), "");
        return new CurrentActivity(
                activity.getProcessDefinitionKey(),
                activity.getProcessDefinitionId(),
                instance,
                activity.getActivityId(),
                titles.getOrDefault(
                        task,
                        Objects.requireNonNullElse(
                                activity.getActivityName(), waits ? "Wait" : activity.getActivityId())),
                variables.cluster(instance),
                Optional.of(instance)
                        .filter(id -> waits)
                        .flatMap(variables::waitingSince)
                        .orElseGet(() -> activity.getStartTime().toInstant()),
                waits ? variables.waitingFor(instance) : null,
                waits ? variables.waitUntil(instance) : null,
                activity.getTaskId(),
                activity.getAssignee(),
                asked.getOrDefault(task, List.of()),
                null);
    }
}

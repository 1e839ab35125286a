package io.meshspan.web.changes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** Decides as whoever is logged in, through the same tasks and under the same rules as Tasklist. */
@Component
class Decisions {

    private static final String WAITING =
            "select T.* from ACT_RU_TASK T join ACT_RU_EXECUTION E on T.PROC_INST_ID_ = E.ID_"
                    + " where E.ROOT_PROC_INST_ID_ = #{root} order by T.CREATE_TIME_";
    private static final String APPROVAL = "approve";

    private final TaskService tasks;

    Decisions(TaskService tasks) {
        this.tasks = tasks;
    }

    void approve(String change, String person, Boolean approved, String comment) {
        Task task = waiting(change).stream()
                .filter(Decisions::isApproval)
                .findFirst()
                .orElseThrow(() -> new NothingToDecide("This change does not wait for an approval"));
        complete(task, person, Map.of("approved", approved, "comment", comment));
    }

    /** @param id of the task, as {@code /now} tells it */
    void decide(String change, String id, String person, String decision) {
        Task task = waiting(change).stream()
                .filter(waiting -> waiting.getId().equals(id) && !isApproval(waiting))
                .findFirst()
                .orElseThrow(() -> new NothingToDecide("This change does not wait for a decision in task " + id));
        complete(task, person, Map.of("decision", decision));
    }

    private List<Task> waiting(String change) {
        return tasks.createNativeTaskQuery()
                .sql(WAITING)
                .parameter("root", change)
                .list();
    }

    private void complete(Task task, String person, Map<String, Object> decision) {
        if (task.getAssignee() == null) {
            tasks.claim(task.getId(), person);
        }
        tasks.complete(task.getId(), new HashMap<>(decision));
    }

    private static boolean isApproval(Task task) {
        return task.getTaskDefinitionKey().toLowerCase(java.util.Locale.ROOT).contains(APPROVAL);
    }
}

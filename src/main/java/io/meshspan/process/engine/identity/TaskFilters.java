package io.meshspan.process.engine.identity;

import io.meshspan.approval.ChangeGates;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.stereotype.Component;

/** Creates the Tasklist filters that do not exist yet, each for the group that needs it. */
@Component
class TaskFilters {

    private final FilterService filters;
    private final TaskService tasks;
    private final Rights rights;
    private final ChangeGates gates;

    TaskFilters(FilterService filters, TaskService tasks, Rights rights, ChangeGates gates) {
        this.gates = gates;
        this.filters = filters;
        this.tasks = tasks;
        this.rights = rights;
    }

    void create() {
        gates.allDeciders().forEach(group -> show("Approvals waiting for me", 1, waitingForMyGroups(), group));
        show("Decisions waiting for me", 2, waitingForMyGroups(), Groups.OPERATORS);
        show("My tasks", 3, tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"), Groups.OPERATORS);
    }

    private TaskQuery waitingForMyGroups() {
        return tasks.createTaskQuery()
                .taskCandidateGroupInExpression("${currentUserGroups()}")
                .includeAssignedTasks();
    }

    private void show(String name, int priority, TaskQuery query, String group) {
        Filter present = filters.createTaskFilterQuery().filterName(name).singleResult();
        Filter filter = present == null ? create(name, priority, query) : present;
        rights.grant(Right.of(group, Resources.FILTER, filter.getId(), Permissions.READ));
    }

    private Filter create(String name, int priority, TaskQuery query) {
        return filters.saveFilter(filters.newTaskFilter(name)
                .setQuery(query)
                .setProperties(Map.of(
                        "priority",
                        priority,
                        "refresh",
                        true,
                        "showUndefinedVariable",
                        false,
                        "variables",
                        AboutTask.SHOWN)));
    }
}

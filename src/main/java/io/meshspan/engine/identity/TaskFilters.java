package io.meshspan.engine.identity;

import io.meshspan.approval.ChangeGates;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.stereotype.Component;

/** Creates or updates the Tasklist filters, each for the group that needs it. One node at a time does this. */
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
        Filter wanted = filters.newTaskFilter(name).setQuery(query).setProperties(properties(priority));
        Filter filter =
                present(name).map(present -> upToDate(present, wanted)).orElseGet(() -> filters.saveFilter(wanted));
        rights.grant(Right.of(group, Resources.FILTER, filter.getId(), Permissions.READ));
    }

    /** A person's own filter may have the same name. Tasklist stores its owner; Meshspan's filters have no owner. */
    private Optional<Filter> present(String name) {
        return filters.createTaskFilterQuery().filterName(name).list().stream()
                .filter(filter -> filter.getOwner() == null)
                .findFirst();
    }

    private Filter upToDate(Filter present, Filter wanted) {
        boolean same = present.getProperties().equals(wanted.getProperties())
                && asStored(present).equals(asStored(wanted));
        return same
                ? present
                : filters.saveFilter(present.setQuery(wanted.getQuery()).setProperties(wanted.getProperties()));
    }

    private static String asStored(Filter filter) {
        return ((FilterEntity) filter).getQueryInternal();
    }

    private static Map<String, Object> properties(int priority) {
        return Map.of(
                "priority",
                priority,
                "refresh",
                true,
                "showUndefinedVariable",
                false,
                "variables",
                TaskSummaryListener.SHOWN);
    }
}

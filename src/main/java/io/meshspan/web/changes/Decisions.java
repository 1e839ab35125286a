package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.audit.Changes;
import io.meshspan.database.EngineTables;
import io.meshspan.engine.ApprovalTask;
import io.meshspan.engine.identity.TaskQuestion;
import io.meshspan.engine.identity.TaskQuestions;
import io.meshspan.engine.model.Submitted;
import io.meshspan.engine.record.Withdrawals;
import io.meshspan.plan.PlanRecords;
import io.meshspan.plan.PresentedPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides as the user who is logged in, with the same tasks and rules as Tasklist. */
@Component
class Decisions {

    private static final String COMMENT = "comment";

    private final TaskService tasks;
    private final RepositoryService diagrams;
    private final PlanRecords plans;
    private final TaskQuestions questions;
    private final Withdrawals withdrawals;
    private final RunningChange running;
    private final Changes changes;
    private final TransactionTemplate transaction;

    Decisions(
            TaskService tasks,
            RepositoryService diagrams,
            PlanRecords plans,
            TaskQuestions questions,
            Withdrawals withdrawals,
            RunningChange running,
            Changes changes,
            PlatformTransactionManager transactions) {
        this.tasks = tasks;
        this.diagrams = diagrams;
        this.plans = plans;
        this.questions = questions;
        this.withdrawals = withdrawals;
        this.running = running;
        this.changes = changes;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * With the digest, a request that arrives late or twice only decides on the plan that it was made for; with the task, only on
     * that gate of it.
     *
     * @param task as in {@code /now}; empty for the approval that is open
     * @param digest may be empty to reject any plan
     */
    void approve(String change, String task, String person, String digest, Map<String, Object> fields) {
        List<Task> open = waiting(change).stream()
                .filter(this::isApproval)
                .filter(asked -> task.isEmpty() || task.equals(asked.getId()))
                .toList();
        if (open.isEmpty()) {
            throw new NothingToDecide(
                    task.isEmpty()
                            ? "This change does not wait for an approval"
                            : "This change does not wait for an approval in task " + task);
        }
        Task approval = open.stream()
                .filter(asked -> digest.isEmpty() || digest.equals(digest(change, asked)))
                .findFirst()
                .orElseThrow(() -> new NothingToDecide(
                        "This change does not ask about a plan %s; read the one that it asks about".formatted(digest)));
        complete(change, approval, person, fields);
    }

    /** The comment of a withdrawal; anything else is refused. */
    static String onlyComment(ObjectNode body) {
        Submitted submitted = Submitted.of(body);
        String comment = submitted.remark(COMMENT).text();
        submitted.refuseUnlessFine(Set.of(COMMENT));
        return comment;
    }

    /**
     * Ends a change that waits for an approval and has written nothing, as its requester asks.
     *
     * @param comment may be empty
     */
    void withdraw(String change, String comment) {
        boolean asks = waiting(change).stream().anyMatch(this::isApproval);
        boolean rests = running.now(change).stream().allMatch(activity -> activity.task() != null);
        if (!asks || !rests) {
            throw new NothingToDecide("This change does not wait for an approval, so it cannot be withdrawn");
        }
        if (changes.wrote(change)) {
            throw new NothingToDecide(
                    "This change has written to its clusters, so it cannot be withdrawn; whoever decides next can stop it or roll it back");
        }
        if (!withdrawals.withdraw(change, comment)) {
            throw decidedByOthers();
        }
    }

    private String digest(String change, Task asked) {
        return plans.shownBy(asked.getProcessInstanceId())
                .or(() -> plans.lastOf(change))
                .map(PresentedPlan::digest)
                .orElse("");
    }

    /**
     * @param id of the task, as in {@code /now}
     * @param fields of its form, with the same checks
     */
    void decide(String change, String id, String person, Map<String, Object> fields) {
        complete(change, decision(change, id), person, fields);
    }

    /** @param id of the task, as in {@code /now} */
    TaskQuestion question(String change, String id) {
        return questions.of(decision(change, id).getId());
    }

    private Task decision(String change, String id) {
        Task task = waiting(change).stream()
                .filter(waiting -> waiting.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> new NothingToDecide("This change does not wait for a decision in task " + id));
        if (isApproval(task)) {
            throw new NothingToDecide(
                    "Task %s is an approval: answer it at /api/v1/changes/%s/approval".formatted(id, change));
        }
        return task;
    }

    private List<Task> waiting(String change) {
        return tasks.createNativeTaskQuery()
                .sql(EngineTables.OPEN_TASKS)
                .parameter("root", change)
                .list();
    }

    /**
     * Claims and decides in one transaction: a refused decision leaves the task free for others. If somebody else takes or
     * completes the task at the same moment, the engine can fail anywhere, each time with another message for developers.
     */
    private void complete(String change, Task task, String person, Map<String, Object> fields) {
        try {
            transaction.executeWithoutResult(begun -> {
                if (task.getAssignee() == null) {
                    tasks.claim(task.getId(), person);
                }
                tasks.complete(task.getId(), new HashMap<>(fields));
            });
        } catch (OptimisticLockingException | TaskAlreadyClaimedException | ProcessEnginePersistenceException e) {
            throw decidedByOthers();
        } catch (ProcessEngineException | NullPointerException e) {
            if (waiting(change).stream().noneMatch(open -> open.getId().equals(task.getId()))) {
                throw decidedByOthers();
            }
            throw e;
        }
    }

    private static NothingToDecide decidedByOthers() {
        return new NothingToDecide("Somebody else decides in this task, or just did: see what the change does now");
    }

    private boolean isApproval(Task task) {
        UserTask drawn = diagrams.getBpmnModelInstance(task.getProcessDefinitionId())
                .getModelElementById(task.getTaskDefinitionKey());
        return ApprovalTask.is(drawn);
    }
}

package io.meshspan.engine.identity;

import io.meshspan.engine.ApprovalTask;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.engine.model.Submitted;
import io.meshspan.engine.model.VariableNames;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Adds the rules for starting and ending processes, the summary of each user task, four eyes for each approval, and the
 * check of form fields for every other task. These are built-in listeners, so a request to skip custom listeners does not
 * skip them.
 */
final class UserTaskParseListener extends AbstractBpmnParseListener {

    private final ObjectProvider<RecordedPlan> plans;
    private final ObjectProvider<ExcludeClusterChoice> without;
    private final ObjectProvider<TaskDecision> decisions;

    UserTaskParseListener(
            ObjectProvider<RecordedPlan> plans,
            ObjectProvider<ExcludeClusterChoice> without,
            ObjectProvider<TaskDecision> decisions) {
        this.plans = plans;
        this.without = without;
        this.decisions = decisions;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        boolean startedByPeople =
                process.getCandidateStarterGroupIdExpressions().size() > 0;
        process.addBuiltInListener(
                ExecutionListener.EVENTNAME_START,
                startedByPeople ? new LatestVersionGuard() : new CalledProcessGuard());
        process.addBuiltInListener(ExecutionListener.EVENTNAME_END, new PartialDeletionGuard());
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        Optional<String> record = ApprovalTask.record(element);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, new CommentRule());
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, new TaskSummaryListener(record.isEmpty()));
        if (record.isPresent()) {
            Gate gate = new Gate(task);
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, SubmittedFields::forget);
            task.addBuiltInTaskListener(
                    TaskListener.EVENTNAME_CREATE, asked -> plans.getObject().show(asked));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, new AssignmentListener(gate));
            task.addBuiltInTaskListener(
                    TaskListener.EVENTNAME_COMPLETE, new DecisionListener(gate, record.get(), plans));
        } else {
            // The person who decides may write only what the form asks for, not the approved plan.
            FailureChoices failureChoices = new FailureChoices(without, decisions, form(element));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, failureChoices);
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, failureChoices);
        }
    }

    /** When nobody answers in time, the next person must know that: it is the first thing they read. */
    @Override
    public void parseBoundaryTimerEventDefinition(Element timer, boolean interrupting, ActivityImpl boundary) {
        if (boundary.getEventScope() instanceof ActivityImpl task
                && task.getActivityBehavior() instanceof UserTaskActivityBehavior) {
            boundary.addBuiltInListener(
                    ExecutionListener.EVENTNAME_START, (ExecutionListener) fired -> unanswered(fired, task.getName()));
        }
    }

    private static void unanswered(DelegateExecution fired, String task) {
        String before = Objects.toString(fired.getVariable(VariableNames.FAILURE_TEXT), "");
        fired.setVariable(VariableNames.FAILURE_TEXT, "Nobody answered \"%s\" in time.\n\n%s".formatted(task, before));
    }

    private static String form(Element userTask) {
        return Objects.requireNonNullElse(userTask.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "formRef"), "");
    }

    /** A comment on a decision follows the same rules as every other text, however the task is completed. */
    private static final class CommentRule implements TaskListener {

        @Override
        public void notify(DelegateTask task) {
            if (Context.getCommandContext().getAuthenticatedUserId() != null) {
                RequestRefused.ifAny(Submitted.remarkFindings(task, VariableNames.COMMENT));
            }
        }
    }

    /** A process without candidate starters is a part of others: started directly, it would skip their approval. */
    private static final class CalledProcessGuard implements ExecutionListener {

        @Override
        public void notify(DelegateExecution started) {
            boolean called = started.getSuperExecution() != null;
            if (!called && Context.getCommandContext().getAuthenticatedUserId() != null) {
                throw new AuthorizationException(
                        "Process %s is a part of others and is started by them alone, behind their approval"
                                .formatted(((ExecutionEntity) started)
                                        .getProcessDefinition()
                                        .getKey()));
            }
        }
    }

    /**
     * A change starts with the current version of its diagram. An earlier version, kept for running changes, may check less.
     */
    private static final class LatestVersionGuard implements ExecutionListener {

        @Override
        public void notify(DelegateExecution started) {
            ProcessDefinitionEntity diagram = ((ExecutionEntity) started).getProcessDefinition();
            CommandContext commands = Context.getCommandContext();
            int newest = commands.getProcessDefinitionManager()
                    .findLatestProcessDefinitionByKey(diagram.getKey())
                    .getVersion();
            if (diagram.getVersion() < newest && commands.getAuthenticatedUserId() != null) {
                throw new AuthorizationException(
                        "Process %s is started by its newest diagram, version %d, not by version %d"
                                .formatted(diagram.getKey(), newest, diagram.getVersion()));
            }
        }
    }

    /** A change without its parts, or a part without its change, would go on to do what nobody approved. */
    private static final class PartialDeletionGuard implements ExecutionListener {

        @Override
        public void notify(DelegateExecution ended) {
            ExecutionEntity instance = (ExecutionEntity) ended;
            if (instance.isDeleteRoot()
                    && !whole(instance)
                    && Context.getCommandContext().getAuthenticatedUserId() != null) {
                throw new AuthorizationException(
                        "A change is deleted as a whole, by deleting process instance %s without leaving any called one behind"
                                .formatted(ChangeId.of(ended)));
            }
        }

        private static boolean whole(ExecutionEntity instance) {
            return ChangeId.top(instance).isDeleteRoot() && !instance.isSkipSubprocesses();
        }
    }

    /** Nobody may hold an approval task that they cannot decide on, whether by claim, assignment, delegation or diagram. */
    private static final class AssignmentListener implements TaskListener {

        private final Gate gate;

        AssignmentListener(Gate gate) {
            this.gate = gate;
        }

        @Override
        public void notify(DelegateTask task) {
            String assignee = task.getAssignee();
            if (assignee != null && assignee.isBlank()) {
                throw new AuthorizationException("A task belongs to a person; name the user who gets it");
            }
            if (assignee != null) {
                DecisionRefused.ifTheRuleSaysSo(() -> gate.fourEyes(task).checkHolder(Gate.person(assignee)));
            }
        }
    }
}

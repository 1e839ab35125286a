package io.meshspan.process.engine.identity;

import io.meshspan.process.engine.ApprovalTask;
import io.meshspan.process.model.VariableNames;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Lets processes start and end as they may, says what each user task is about, puts four eyes on each that is an approval,
 * and keeps every other one to the fields of its form. The listeners are built in, so a request to skip custom listeners does not skip them.
 */
final class UserTaskParseListener extends AbstractBpmnParseListener {

    private final ObjectProvider<RecordedPlan> plans;
    private final ObjectProvider<ExcludeClusterChoice> without;

    UserTaskParseListener(ObjectProvider<RecordedPlan> plans, ObjectProvider<ExcludeClusterChoice> without) {
        this.plans = plans;
        this.without = without;
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
            // Whoever decides writes what the form asks for and no more; not the plan that was approved.
            FailureChoices failureChoices = new FailureChoices(without, form(element));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, failureChoices);
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, failureChoices);
        }
    }

    /** Whoever decides what comes of a question that nobody answered reads that first. */
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
}

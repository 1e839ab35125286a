package io.meshspan.process.engine.identity;

import io.meshspan.process.engine.ApprovalTask;
import java.util.Objects;
import java.util.Optional;
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
final class PeoplesTasks extends AbstractBpmnParseListener {

    private final ObjectProvider<PlanOnRecord> plans;
    private final ObjectProvider<GoingOnWithout> without;

    PeoplesTasks(ObjectProvider<PlanOnRecord> plans, ObjectProvider<GoingOnWithout> without) {
        this.plans = plans;
        this.without = without;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        boolean startedByPeople =
                process.getCandidateStarterGroupIdExpressions().size() > 0;
        process.addBuiltInListener(
                ExecutionListener.EVENTNAME_START, startedByPeople ? new NewestOnly() : new CalledOnly());
        process.addBuiltInListener(ExecutionListener.EVENTNAME_END, new DeletedAsAWhole());
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        Optional<String> record = ApprovalTask.record(element);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, new AboutTask(record.isEmpty()));
        if (record.isPresent()) {
            Gate gate = new Gate(task);
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, new OpenQuestion());
            task.addBuiltInTaskListener(
                    TaskListener.EVENTNAME_CREATE, asked -> plans.getObject().show(asked));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, new AssignmentListener(gate));
            task.addBuiltInTaskListener(
                    TaskListener.EVENTNAME_COMPLETE, new DecisionListener(gate, record.get(), plans));
        } else {
            HowToGoOn howToGoOn = new HowToGoOn(without, form(element));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, howToGoOn);
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, new FieldsListener());
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, howToGoOn);
        }
    }

    private static String form(Element userTask) {
        return Objects.requireNonNullElse(userTask.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "formRef"), "");
    }
}

package io.meshspan.process.engine.identity;

import java.util.Map;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Puts four eyes on each user task that carries the extension property {@code meshspan.approval=true}, and keeps
 * every other one to the fields of its form. The listeners are built in, so a request to skip custom listeners does not skip them.
 */
final class PeoplesTasks extends AbstractBpmnParseListener {

    private static final String PROPERTY = "meshspan.approval";

    private final ObjectProvider<PlanOnRecord> plans;

    PeoplesTasks(ObjectProvider<PlanOnRecord> plans) {
        this.plans = plans;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        if (needsApproval(element)) {
            Gate gate = new Gate(task);
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, new AssignmentListener(gate));
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, new DecisionListener(gate, plans));
        } else {
            task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, new FieldsListener());
        }
    }

    private static boolean needsApproval(Element userTask) {
        Element extensions = userTask.element("extensionElements");
        Element properties = extensions == null ? null : extensions.element("properties");
        return properties != null
                && properties.elements("property").stream()
                        .map(p -> Map.entry(p.attribute("name", ""), p.attribute("value", "")))
                        .anyMatch(Map.entry(PROPERTY, "true")::equals);
    }
}

package io.meshspan.engine;

import io.meshspan.engine.incident.FailStepRun;
import io.meshspan.finding.StepFailed;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Makes sure that no step runs after it was failed or its cluster was lost, and that the end of every process and every
 * decision of a person is recorded.
 */
final class RecordedProcesses extends AbstractBpmnParseListener {

    private final DecisionRecorder decisions;
    private final StepGuard beforeStep;
    private final List<ExecutionListener> atEnd;

    RecordedProcesses(DecisionRecorder decisions, StepGuard beforeStep, List<ExecutionListener> atEnd) {
        this.decisions = decisions;
        this.beforeStep = beforeStep;
        this.atEnd = atEnd;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        atEnd.forEach(listener -> process.addBuiltInListener(ExecutionListener.EVENTNAME_END, listener));
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) FailStepRun::check);
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::check);
    }

    /** The engine calls its own listeners without the interceptor that translates a step's exceptions. */
    private void check(DelegateExecution step) {
        try {
            beforeStep.check(step);
        } catch (StepFailed e) {
            throw FailureTranslation.error(step, e);
        }
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        Optional<String> record = ApprovalTask.record(element);
        TaskDefinition definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        definition.addBuiltInTaskListener(
                TaskListener.EVENTNAME_CREATE, task -> decisions.asked(task, record.isPresent()));
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, task -> decisions.write(task, record));
    }
}

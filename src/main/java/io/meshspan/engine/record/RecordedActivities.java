package io.meshspan.engine.record;

import io.meshspan.audit.AuditLog;
import io.meshspan.declared.MeshDeclarations;
import io.meshspan.plan.ExcludedClustersText;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Listens at every step, at every exit of a failed step, and at the end of every change. The listeners are not beans,
 * because the engine calls all listener beans at the end of a process.
 */
final class RecordedActivities extends AbstractBpmnParseListener {

    private final ObjectProvider<AuditLog> audit;
    private final StepRecorder steps;
    private final EndRecorder ends;

    RecordedActivities(
            ObjectProvider<AuditLog> audit,
            ObjectProvider<ExcludedClustersText> leftOut,
            ObjectProvider<MeshDeclarations> declarations) {
        this.steps = new StepRecorder(audit);
        this.audit = audit;
        this.ends = new EndRecorder(audit, leftOut, declarations);
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        atEnd(activity);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        atEnd(activity);
    }

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        atEnd(activity);
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        atEnd(activity);
        if (element.element("errorEventDefinition") != null) {
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) ErrorOrigin::note);
        }
        if (scope instanceof ActivityImpl within && within.isTriggeredByEvent()) {
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, new EndEventListener());
        }
    }

    @Override
    public void parseBoundaryErrorEventDefinition(
            Element definition, boolean interrupting, ActivityImpl attachedTo, ActivityImpl boundaryEvent) {
        boundaryEvent.addBuiltInListener(ExecutionListener.EVENTNAME_START, new FailureRecorder(audit, attachedTo));
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        process.addBuiltInListener(ExecutionListener.EVENTNAME_END, ends);
    }

    private void atEnd(ActivityImpl activity) {
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, steps);
    }
}

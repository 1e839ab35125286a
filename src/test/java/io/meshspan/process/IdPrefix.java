package io.meshspan.process;

import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;

/** How the id of an element begins, the most specific kind first. */
final class IdPrefix {

    private static final Map<Class<? extends FlowElement>, String> BY_KIND = new LinkedHashMap<>();

    static {
        BY_KIND.put(StartEvent.class, "StartEvent_");
        BY_KIND.put(EndEvent.class, "EndEvent_");
        BY_KIND.put(BoundaryEvent.class, "BoundaryEvent_");
        BY_KIND.put(Event.class, "Event_");
        BY_KIND.put(CallActivity.class, "CallActivity_");
        BY_KIND.put(Task.class, "Task_");
        BY_KIND.put(Gateway.class, "Gateway_");
        BY_KIND.put(SubProcess.class, "SubProcess_");
        BY_KIND.put(SequenceFlow.class, "Flow_");
    }

    private IdPrefix() {}

    static String of(FlowElement element) {
        return BY_KIND.entrySet().stream()
                .filter(kind -> kind.getKey().isInstance(element))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("(no prefix is agreed for this kind of element) ");
    }
}

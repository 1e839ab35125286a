package io.meshspan.process.engine;

import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** What the diagram says of a task: an earlier decision may still stand among the variables. */
final class ApprovalTask {

    private ApprovalTask() {}

    /** The variable that keeps the decision, if the task is an approval. */
    static Optional<String> record(DelegateTask task) {
        return Stream.ofNullable(task.getBpmnModelElementInstance().getExtensionElements())
                .flatMap(extensions ->
                        extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream())
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> "meshspan.approval".equals(property.getCamundaName()))
                .findFirst()
                .map(CamundaProperty::getCamundaValue)
                .map(value -> value.equals("true") ? "approval" : value);
    }
}

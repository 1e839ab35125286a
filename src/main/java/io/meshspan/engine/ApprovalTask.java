package io.meshspan.engine;

import io.meshspan.engine.model.VariableNames;
import java.util.Optional;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;

/**
 * Reads the extension property {@code meshspan.approval} of a user task. It marks the task as an approval. Its value names
 * the variable that stores the decision; {@code true} means {@code approval}.
 */
public final class ApprovalTask {

    private static final String PROPERTY = "meshspan.approval";

    private static final String CHOICE = "meshspan.choice";

    private ApprovalTask() {}

    /** The variable that stores the decision; empty if the task is not an approval. */
    public static Optional<String> record(Element userTask) {
        Element extensions = userTask.element("extensionElements");
        Element properties = extensions == null ? null : extensions.element("properties");
        return properties == null
                ? Optional.empty()
                : properties.elements("property").stream()
                        .filter(property -> PROPERTY.equals(property.attribute("name")))
                        .map(property -> property.attribute("value", ""))
                        .findFirst()
                        .map(value -> value.equals("true") ? VariableNames.APPROVAL : value);
    }

    /** Whether a task of a deployed diagram is an approval. */
    public static boolean is(UserTask task) {
        return has(task, PROPERTY);
    }

    /** Whether a task asks for the next part of the work, where nothing has failed. */
    public static boolean isChoice(UserTask task) {
        return has(task, CHOICE);
    }

    private static boolean has(UserTask task, String name) {
        ExtensionElements extensions = task.getExtensionElements();
        return extensions != null
                && extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                        .flatMap(properties -> properties.getCamundaProperties().stream())
                        .anyMatch(property -> name.equals(property.getCamundaName()));
    }
}

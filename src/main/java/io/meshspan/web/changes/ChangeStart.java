package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.stereotype.Component;

/** Starts a change for whoever is logged in: each field but {@code process} becomes what the start form would submit. */
@Component
class ChangeStart {

    private static final String PROCESS = "process";

    private final RuntimeService runtime;
    private final RepositoryService repository;

    ChangeStart(RuntimeService runtime, RepositoryService repository) {
        this.runtime = runtime;
        this.repository = repository;
    }

    /** @return the id of the change */
    String start(ObjectNode body) {
        String process = body.path(PROCESS).asText("");
        boolean known = repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(process)
                        .latestVersion()
                        .count()
                > 0;
        if (!known) {
            throw new NoSuchProcess("'" + process + "'");
        }
        return runtime.startProcessInstanceByKey(process, variables(body)).getId();
    }

    private static VariableMap variables(ObjectNode body) {
        VariableMap variables = Variables.createVariables();
        body.properties().stream()
                .filter(field -> !field.getKey().equals(PROCESS))
                .forEach(field -> variables.putValue(field.getKey(), value(field)));
        return variables;
    }

    private static Object value(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        if (value.isContainerNode()) {
            return SpinValues.jsonValue(value.toString()).create();
        }
        return value.isBoolean() ? (Object) value.asBoolean() : value.asText();
    }
}

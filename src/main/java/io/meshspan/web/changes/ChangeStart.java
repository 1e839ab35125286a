package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.engine.model.PlannedProcess;
import io.meshspan.engine.model.Submitted;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.stereotype.Component;

/**
 * Starts a change for whoever is logged in, or plans it only: each field but {@code process} and {@code planOnly} becomes what
 * the start form would submit.
 */
@Component
class ChangeStart {

    private static final String PROCESS = "process";
    private static final String PLAN_ONLY = "planOnly";

    private final RuntimeService runtime;
    private final RepositoryService repository;

    ChangeStart(RuntimeService runtime, RepositoryService repository) {
        this.runtime = runtime;
        this.repository = repository;
    }

    /** @return the id of the change */
    String start(ObjectNode body) {
        String process = process(body);
        boolean known = repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(process)
                        .latestVersion()
                        .count()
                > 0;
        if (!known) {
            throw new NoSuchProcess("'" + process + "'", startable());
        }
        VariableMap variables = variables(body);
        if (!body.path(PLAN_ONLY).asBoolean()) {
            return runtime.startProcessInstanceByKey(process, variables).getId();
        }
        variables.putValue(PlannedProcess.VARIABLE, process);
        return runtime.startProcessInstanceByKey(PlannedProcess.PLAN_CHANGE, variables)
                .getId();
    }

    private List<String> startable() {
        return repository
                .createProcessDefinitionQuery()
                .latestVersion()
                .startableInTasklist()
                .orderByProcessDefinitionKey()
                .asc()
                .list()
                .stream()
                .map(ProcessDefinition::getKey)
                .toList();
    }

    /** The first step of the process checks all other fields, as it checks those of a form. */
    private static String process(ObjectNode body) {
        Submitted submitted = Submitted.of(body);
        String process = submitted.needed(PROCESS, "the key of a process, for example multi-primary");
        submitted.flag(PLAN_ONLY);
        Set<String> all = new HashSet<>();
        body.fieldNames().forEachRemaining(all::add);
        submitted.refuseUnlessFine(all);
        return process;
    }

    private static VariableMap variables(ObjectNode body) {
        VariableMap variables = Variables.createVariables();
        body.properties().stream()
                .filter(field -> !Set.of(PROCESS, PLAN_ONLY).contains(field.getKey()))
                .forEach(field -> variables.putValue(field.getKey(), value(field)));
        return variables;
    }

    /** The value with its JSON type; the process checks whether this is the right type. */
    private static Object value(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        if (value.isTextual()) {
            return value.asText();
        }
        return value.isBoolean()
                ? (Object) value.asBoolean()
                : SpinValues.jsonValue(value.toString()).create();
    }
}

package io.meshspan.engine.model;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.InputRules;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;

/**
 * The process whose plan {@code plan-change} computes, and how its diagram checks a request.
 *
 * @param delegate the bean that checks its inputs
 * @param parameters what the diagram tells this bean, by the names of its input parameters
 */
public record PlannedProcess(String delegate, Map<String, String> parameters) {

    /** The process that only plans. */
    public static final String PLAN_CHANGE = "plan-change";

    /** The variable that names the process whose plan is wanted. */
    public static final String VARIABLE = "planOf";

    private static final String CHECK = "Task_CheckInputs";

    public PlannedProcess {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Takes the name out of what was submitted, so that the other fields are judged without it. The step keeps it for itself:
     * its diagram gives it a scope of its own.
     *
     * @throws StepFailed INPUT_REJECTED if it names no process that begins with a check of its inputs
     */
    public static PlannedProcess take(DelegateExecution execution) {
        String key = Objects.toString(execution.getVariable(VARIABLE), "");
        ((ExecutionEntity) execution).getProcessInstance().removeVariable(VARIABLE);
        execution.setVariableLocal(VARIABLE, key);
        return find(execution.getProcessEngineServices().getRepositoryService(), key)
                .orElseThrow(() -> refused(key));
    }

    /** The process that was asked for: the one that this execution is in, or the one whose plan it computes. */
    public static ProcessDefinition asked(DelegateExecution execution) {
        ProcessDefinition own = ChangeId.definition(execution);
        return own.getKey().equals(PLAN_CHANGE)
                ? latest(
                                execution.getProcessEngineServices().getRepositoryService(),
                                Objects.toString(execution.getVariableLocal(VARIABLE), ""))
                        .orElse(own)
                : own;
    }

    private static Optional<PlannedProcess> find(RepositoryService repository, String key) {
        return latest(repository, key)
                .filter(process -> !process.getKey().equals(PLAN_CHANGE))
                .flatMap(process -> Optional.ofNullable(repository
                                .getBpmnModelInstance(process.getId())
                                .<ServiceTask>getModelElementById(CHECK))
                        .map(PlannedProcess::of));
    }

    private static Optional<ProcessDefinition> latest(RepositoryService repository, String key) {
        return Optional.ofNullable(repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult());
    }

    private static PlannedProcess of(ServiceTask check) {
        String expression = check.getCamundaDelegateExpression();
        return new PlannedProcess(expression.substring(2, expression.length() - 1), parameters(check));
    }

    private static Map<String, String> parameters(ServiceTask check) {
        return Stream.ofNullable(check.getExtensionElements())
                .flatMap(extensions ->
                        extensions.getElementsQuery().filterByType(CamundaInputOutput.class).list().stream())
                .flatMap(inputs -> inputs.getCamundaInputParameters().stream())
                .collect(
                        Collectors.toMap(CamundaInputParameter::getCamundaName, CamundaInputParameter::getTextContent));
    }

    private static StepFailed refused(String key) {
        return new StepFailed(
                FailureCode.INPUT_REJECTED,
                Finding.blocking(
                        Submitted.WHERE,
                        VARIABLE,
                        "the key of a process that changes a mesh, for example install-mesh",
                        InputRules.quoted(key),
                        "Name one."));
    }
}

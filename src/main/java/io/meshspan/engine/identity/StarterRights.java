package io.meshspan.engine.identity;

import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.springframework.stereotype.Component;

/**
 * Who may start a process, as its diagram says: {@code camunda:candidateStarterGroups}. The engine only stores that
 * attribute, so it becomes a right here. Without the attribute, no role can start the process.
 */
@Component
class StarterRights {

    private final RepositoryService repository;
    private final Rights rights;

    StarterRights(RepositoryService repository, Rights rights) {
        this.repository = repository;
        this.rights = rights;
    }

    void grant() {
        repository.createProcessDefinitionQuery().latestVersion().list().forEach(this::grant);
    }

    private void grant(ProcessDefinition definition) {
        Process process = repository.getBpmnModelInstance(definition.getId()).getModelElementById(definition.getKey());
        process.getCamundaCandidateStarterGroupsList().stream()
                .map(group -> Right.of(
                        group,
                        Resources.PROCESS_DEFINITION,
                        definition.getKey(),
                        Permissions.READ,
                        Permissions.CREATE_INSTANCE))
                .forEach(rights::grant);
    }
}

package io.meshspan.web.changes;

import java.io.IOException;
import java.io.InputStream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** The diagrams in the version with which a change ran. */
@Component
class Diagrams {

    private final RepositoryService repository;

    Diagrams(RepositoryService repository) {
        this.repository = repository;
    }

    /**
     * @param definition the id of a process definition, with its version
     * @throws NoSuchDiagram if it does not exist
     */
    byte[] xml(String definition) throws IOException {
        ProcessDefinition known = repository
                .createProcessDefinitionQuery()
                .processDefinitionId(definition)
                .singleResult();
        if (known == null) {
            throw new NoSuchDiagram(definition);
        }
        try (InputStream xml = repository.getProcessModel(definition)) {
            return xml.readAllBytes();
        }
    }
}

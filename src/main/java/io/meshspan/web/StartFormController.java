package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.approval.Person;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the start forms to Tasklist, which asks for them because the start event of each process says {@code
 * camunda:formKey="camunda-forms:/start-forms/PROCESS.form"}. They name clusters, so only whoever may open
 * Tasklist may read them.
 */
@RestController
class StartFormController {

    private static final Set<String> PROCESSES = Set.of(
            "multi-primary",
            "multi-primary-multi-network",
            "primary-remote",
            "primary-remote-multi-network",
            "install-mesh",
            "verify-mesh",
            "remove-mesh",
            "take-out-cluster");

    private final StartForms forms;

    StartFormController(StartForms forms) {
        this.forms = forms;
    }

    @GetMapping("/start-forms/{process}.form")
    ResponseEntity<JsonNode> form(@PathVariable String process, @AuthenticationPrincipal EngineUser user)
            throws IOException {
        if (!PROCESSES.contains(process)) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok(forms.filledIn(process + ".form", new Person(user.id(), user.groups())));
    }
}

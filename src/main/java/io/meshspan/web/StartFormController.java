package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.approval.Person;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the start forms to Tasklist, which asks for them because the start event of each process says {@code
 * camunda:formKey="camunda-forms:/start-forms/PROCESS.form"}. They name clusters, so only whoever is logged in to
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
    private final WebSession session;

    StartFormController(StartForms forms, WebSession session) {
        this.forms = forms;
        this.session = session;
    }

    @GetMapping("/start-forms/{process}.form")
    ResponseEntity<JsonNode> form(@PathVariable String process, HttpServletRequest request) throws IOException {
        if (!PROCESSES.contains(process)) {
            return ResponseEntity.notFound().build();
        }
        Optional<Person> requester = requester(request);
        return requester.isPresent()
                ? ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(forms.filledIn(process + ".form", requester.get()))
                : ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
    }

    private Optional<Person> requester(HttpServletRequest request) {
        return session.user(request)
                .filter(user -> user.isAuthorizedForApp("tasklist"))
                .map(user -> new Person(user.getIdentityId(), user.getGroupIds()));
    }
}

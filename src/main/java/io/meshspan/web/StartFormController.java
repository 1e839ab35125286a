package io.meshspan.web;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the start form to Tasklist, which asks for it because the start event says {@code
 * camunda:formKey="camunda-forms:/start-forms/multi-primary-multi-network.form"}. It names clusters, so only whoever
 * is logged in to Tasklist may read it.
 */
@RestController
class StartFormController {

    private final StartForms forms;
    private final WebSession session;

    StartFormController(StartForms forms, WebSession session) {
        this.forms = forms;
        this.session = session;
    }

    @GetMapping("/start-forms/multi-primary-multi-network.form")
    ResponseEntity<JsonNode> multiPrimaryMultiNetwork(HttpServletRequest request) throws IOException {
        boolean mayStart = session.user(request)
                .filter(user -> user.isAuthorizedForApp("tasklist"))
                .isPresent();
        return mayStart
                ? ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(forms.filledIn("multi-primary-multi-network.form"))
                : ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
    }
}

package io.meshspan.web.changes;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What can be done from the pages, with the rights of whoever is logged in. A browser sends the header that each request
 * must have from this site's own pages alone: those of another site would have to ask first, and nobody answers.
 */
@RestController
@RequestMapping(path = "/changes/actions", headers = "X-Requested-By=changes")
class ChangesActions {

    private final IdentityService identity;
    private final ChangeReads changes;
    private final Retries retries;

    ChangesActions(IdentityService identity, ChangeReads changes, Retries retries) {
        this.identity = identity;
        this.changes = changes;
        this.retries = retries;
    }

    @PostMapping("/changes/{id}/retries/{job}")
    ResponseEntity<Void> retry(Reader reader, @PathVariable String id, @PathVariable String job) {
        as(reader, () -> retries.retry(changes.summary(id).id(), job));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/changes/{id}/retries/{job}/decision")
    ResponseEntity<Void> ask(Reader reader, @PathVariable String id, @PathVariable String job) {
        as(reader, () -> retries.ask(changes.summary(id).id(), job));
        return ResponseEntity.noContent().build();
    }

    private void as(Reader reader, Runnable action) {
        identity.setAuthentication(reader.id(), List.copyOf(reader.groups()));
        try {
            action.run();
        } finally {
            identity.clearAuthentication();
        }
    }
}

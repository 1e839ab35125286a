package io.meshspan.web.changes;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be done from the pages, with the rights of whoever is signed in. */
@RestController
@RequestMapping("/changes/actions")
class ChangesActions {

    private final ChangeReads changes;
    private final Retries retries;

    ChangesActions(ChangeReads changes, Retries retries) {
        this.changes = changes;
        this.retries = retries;
    }

    @PostMapping("/changes/{id}/retries/{job}")
    ResponseEntity<Void> retry(Reader reader, @PathVariable String id, @PathVariable String job) {
        retries.retry(changes.summary(id).id(), job);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/changes/{id}/retries/{job}/decision")
    ResponseEntity<Void> ask(Reader reader, @PathVariable String id, @PathVariable String job) {
        retries.ask(changes.summary(id).id(), job);
        return ResponseEntity.noContent().build();
    }
}

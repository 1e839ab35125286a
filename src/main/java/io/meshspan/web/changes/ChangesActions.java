package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The actions of the pages, with the rights of the user who is logged in. */
@RestController
@RequestMapping("/changes/actions")
class ChangesActions {

    private final ChangeQueries changes;
    private final Retries retries;
    private final ChangeStart start;
    private final MeshQueries meshes;
    private final DriftQueries drift;
    private final Decisions decisions;

    ChangesActions(
            ChangeQueries changes,
            Retries retries,
            ChangeStart start,
            MeshQueries meshes,
            DriftQueries drift,
            Decisions decisions) {
        this.decisions = decisions;
        this.drift = drift;
        this.changes = changes;
        this.retries = retries;
        this.start = start;
        this.meshes = meshes;
    }

    /** Starts a change to a declared mesh, from the mesh's page. */
    @PostMapping(path = "/changes", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> start(Reader reader, @RequestBody ObjectNode body) {
        return Map.of("id", start.start(body));
    }

    @PostMapping(path = "/meshes", consumes = MediaType.APPLICATION_JSON_VALUE)
    MeshQueries.TakeOver takeOver(Reader reader, @RequestBody ObjectNode body) {
        return meshes.takeOver(body, reader);
    }

    @PostMapping("/meshes/{mesh}/drift")
    DriftView checkDrift(Reader reader, @PathVariable String mesh) {
        return drift.check(mesh, reader);
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

    @PostMapping(path = "/changes/{id}/withdrawal", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> withdraw(Reader reader, @PathVariable String id, @RequestBody ObjectNode body) {
        String change = changes.summary(id).id();
        decisions.withdraw(change, Decisions.onlyComment(body));
        return Map.of("id", change);
    }
}

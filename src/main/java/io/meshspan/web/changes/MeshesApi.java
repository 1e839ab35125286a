package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Declared meshes for pipelines, as {@code /api/v1/openapi.yaml} describes them. */
@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
class MeshesApi {

    private final MeshQueries meshes;
    private final DriftQueries drift;
    private final VerificationQueries verifications;

    MeshesApi(MeshQueries meshes, DriftQueries drift, VerificationQueries verifications) {
        this.verifications = verifications;
        this.meshes = meshes;
        this.drift = drift;
    }

    @GetMapping("/meshes")
    List<MeshView> list(Reader reader) {
        return meshes.all();
    }

    @GetMapping("/v1/meshes")
    Page<MeshView> page(
            Reader reader,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return Page.of(meshes.all(), Page.Asked.of(limit, cursor), MeshView::mesh);
    }

    @GetMapping({"/v1/meshes/{mesh}", "/meshes/{mesh}"})
    MeshView.WithHistory mesh(Reader reader, @PathVariable String mesh) {
        return meshes.withHistory(mesh);
    }

    /** Looks at a mesh that others made, and declares it if that is asked for. */
    @PostMapping(
            path = {"/v1/meshes", "/meshes"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<MeshQueries.TakeOver> takeOver(Reader reader, @RequestBody ObjectNode body) {
        MeshQueries.TakeOver found = meshes.takeOver(body, reader);
        return ResponseEntity.status(found.version() == null ? HttpStatus.OK : HttpStatus.CREATED)
                .body(found);
    }

    /** The last check for drift. */
    @GetMapping("/v1/meshes/{mesh}/drift")
    DriftView drift(Reader reader, @PathVariable String mesh) {
        return drift.of(mesh);
    }

    /** Checks now, and answers with the result. */
    @PostMapping("/v1/meshes/{mesh}/drift")
    DriftView checkDrift(Reader reader, @PathVariable String mesh) {
        return drift.check(mesh, reader);
    }

    /** The newest verifications first. */
    @GetMapping("/v1/meshes/{mesh}/verifications")
    Page<VerificationView> verifications(
            Reader reader,
            @PathVariable String mesh,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        return verifications.page(mesh, Page.Asked.of(limit, cursor));
    }

    @GetMapping("/v1/meshes/{mesh}/verifications/{verification}")
    VerificationView.WithPairs verification(
            Reader reader, @PathVariable String mesh, @PathVariable String verification) {
        return verifications.one(mesh, verification);
    }
}

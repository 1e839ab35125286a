package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Declared meshes for pipelines, as {@code /api/openapi.yaml} describes them. */
@RestController
@RequestMapping(path = "/api/meshes", produces = MediaType.APPLICATION_JSON_VALUE)
class MeshesApi {

    private final MeshReads meshes;

    MeshesApi(MeshReads meshes) {
        this.meshes = meshes;
    }

    @GetMapping
    List<MeshView> list(Reader reader) {
        return meshes.all();
    }

    @GetMapping("/{mesh}")
    MeshView.WithHistory mesh(Reader reader, @PathVariable String mesh) {
        return meshes.withHistory(mesh);
    }

    /** Inspects a mesh that another tool made, and declares it if requested. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<MeshReads.TakeOver> takeOver(Reader reader, @RequestBody ObjectNode body) {
        MeshReads.TakeOver found = meshes.takeOver(body, reader);
        return ResponseEntity.status(found.version() == null ? HttpStatus.OK : HttpStatus.CREATED)
                .body(found);
    }
}

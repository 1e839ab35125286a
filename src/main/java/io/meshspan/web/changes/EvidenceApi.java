package io.meshspan.web.changes;

import io.meshspan.audit.ChangeSummary;
import io.meshspan.evidence.EvidenceExport;
import io.meshspan.trust.EvidenceKey;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Evidence for pipelines, the key that it is signed with, and the descriptions of this interface and of mesh files. */
@RestController
@RequestMapping("/api")
class EvidenceApi {

    private final ChangeQueries changes;
    private final EvidenceExport evidence;
    private final EvidenceKey key;

    EvidenceApi(ChangeQueries changes, EvidenceExport evidence, EvidenceKey key) {
        this.changes = changes;
        this.evidence = evidence;
        this.key = key;
    }

    @GetMapping(
            path = {"/v1/changes/{id}/evidence", "/changes/{id}/evidence"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> evidence(Reader reader, @PathVariable String id) {
        ChangeSummary change = changes.summary(id);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, ChangePagesController.attachment(change, "json"))
                .body(evidence.json(change, reader.nameAndId()));
    }

    @GetMapping(
            path = {"/v1/evidence-key", "/evidence-key"},
            produces = "application/x-pem-file")
    String key(Reader reader) {
        return key.certificate();
    }

    @GetMapping(
            path = {"/v1/openapi.yaml", "/openapi.yaml"},
            produces = "application/yaml")
    Resource description(Reader reader) {
        return new ClassPathResource("openapi.yaml");
    }

    @GetMapping(path = "/v1/schemas/mesh-file", produces = "application/schema+json")
    Resource meshFileSchema(Reader reader) {
        return new ClassPathResource("mesh-file.schema.json");
    }
}

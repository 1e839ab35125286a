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

/** Evidence for pipelines, the key that it is signed with, and the description of this interface. */
@RestController
@RequestMapping("/api")
class EvidenceApi {

    private final ChangeReads changes;
    private final EvidenceExport evidence;
    private final EvidenceKey key;

    EvidenceApi(ChangeReads changes, EvidenceExport evidence, EvidenceKey key) {
        this.changes = changes;
        this.evidence = evidence;
        this.key = key;
    }

    @GetMapping(path = "/changes/{id}/evidence", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> evidence(Reader reader, @PathVariable String id) {
        ChangeSummary change = changes.summary(id);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, ChangesData.attachment(change, "json"))
                .body(evidence.json(change, reader.nameAndId()));
    }

    @GetMapping(path = "/evidence-key", produces = "application/x-pem-file")
    String key(Reader reader) {
        return key.certificate();
    }

    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    Resource description(Reader reader) {
        return new ClassPathResource("openapi.yaml");
    }
}

package io.meshspan.rotation;

import com.fasterxml.jackson.core.type.TypeReference;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordJson;
import io.meshspan.mesh.Mesh;
import io.meshspan.verification.EndpointReport;
import io.meshspan.verification.MeshVerification;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compares the recorded endpoints of istiods before a rotation with the current ones. */
@Component
public final class EndpointsBefore {

    /** The subject of the record. */
    public static final String SUBJECT = "endpoints before the rotation";

    private final Changes changes;
    private final MeshVerification verification;

    EndpointsBefore(Changes changes, MeshVerification verification) {
        this.changes = changes;
        this.verification = verification;
    }

    /**
     * Records the current endpoints, unless there is a record: a later attempt would record endpoints that are already
     * missing.
     */
    public Optional<EndpointReport> first(String change, Mesh mesh) {
        return recorded(change).isPresent() ? Optional.empty() : Optional.of(now(mesh));
    }

    public Optional<EndpointReport> recorded(String change) {
        return changes.last(change, SUBJECT)
                .map(AuditRecord::data)
                .map(data -> RecordJson.read(data, new TypeReference<EndpointReport>() {}));
    }

    public EndpointReport now(Mesh mesh) {
        return verification.endpoints(mesh);
    }

    /** The missing endpoints; empty without a record. */
    public List<String> missing(String change, Mesh mesh) {
        return recorded(change).map(before -> before.missing(now(mesh))).orElse(List.of());
    }
}

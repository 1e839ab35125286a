package io.meshspan.web.changes;

import io.meshspan.audit.Changes;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.web.drawing.MeshDrawing;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The picture of the requested mesh, or of the parts that a change removes. */
@Component
class Drawings {

    private final Changes changes;

    Drawings(Changes changes) {
        this.changes = changes;
    }

    /** @throws NoSuchChange if there is no request on record */
    String svg(String change) {
        return RecordedRequest.first(changes, change)
                .map(asked ->
                        MeshDrawing.of(asked.mesh(), Set.copyOf(asked.kind().leaving())))
                .orElseThrow(() -> new NoSuchChange(change));
    }
}

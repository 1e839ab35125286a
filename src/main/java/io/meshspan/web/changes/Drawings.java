package io.meshspan.web.changes;

import io.meshspan.audit.Changes;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.web.drawing.MeshDrawing;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The picture of the mesh that a change was asked for, or of what goes of it. */
@Component
class Drawings {

    private final Changes changes;

    Drawings(Changes changes) {
        this.changes = changes;
    }

    /** @throws NoSuchChange if nothing is known of what was asked for */
    String svg(String change) {
        return RecordedRequest.first(changes, change)
                .map(asked ->
                        MeshDrawing.of(asked.mesh(), Set.copyOf(asked.kind().leaving())))
                .orElseThrow(() -> new NoSuchChange(change));
    }
}

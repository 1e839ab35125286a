package io.meshspan.web.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.audit.RecordKind;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.web.drawing.MeshDrawing;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The picture of the mesh that a change was asked for, or of what goes of it. */
@Component
class Drawings {

    private final ChangeReads changes;
    private final ObjectMapper json;

    Drawings(ChangeReads changes, ObjectMapper json) {
        this.changes = changes;
        this.json = json;
    }

    /** @throws NoSuchChange if nothing is known of what was asked for */
    String svg(String change) {
        return changes.records(change, RecordKind.REQUESTED).stream()
                .findFirst()
                .map(RecordView::data)
                .map(this::drawn)
                .orElseThrow(() -> new NoSuchChange(change));
    }

    private String drawn(String data) {
        try {
            JsonNode asked = json.readTree(data);
            Set<ClusterName> leaving = asked.path("removal")
                    .path("clusters")
                    .valueStream()
                    .map(name -> new ClusterName(name.asText()))
                    .collect(Collectors.toUnmodifiableSet());
            return MeshDrawing.of(json.treeToValue(asked.path("mesh"), Mesh.class), leaving);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the request of a change cannot be read", e);
        }
    }
}

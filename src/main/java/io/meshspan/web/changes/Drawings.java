package io.meshspan.web.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.audit.Kind;
import io.meshspan.mesh.Mesh;
import io.meshspan.web.drawing.MeshDrawing;
import org.springframework.stereotype.Component;

/** The picture of the mesh that a change was asked for. */
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
        return changes.records(change, Kind.REQUESTED).stream()
                .findFirst()
                .map(RecordView::data)
                .map(this::mesh)
                .map(MeshDrawing::of)
                .orElseThrow(() -> new NoSuchChange(change));
    }

    private Mesh mesh(String data) {
        try {
            JsonNode asked = json.readTree(data);
            return json.treeToValue(asked.path("mesh"), Mesh.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the request of a change cannot be read", e);
        }
    }
}

package io.meshspan.manifest;

import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where Istio's images come from: {@code global.hub} and {@code global.tag} of its charts: the change's, else the configuration's. */
@Component
public final class ImageSettings {

    private final ChartProperties properties;

    ImageSettings(ChartProperties properties) {
        this.properties = properties;
    }

    /** Charts of a source tree carry development images, so the tag is always set. */
    public Map<String, Object> global(Mesh mesh) {
        Map<String, Object> global = new HashMap<>();
        global.put(
                "tag",
                first(mesh.images().tag(), properties.tag())
                        .orElse(mesh.version().toString()));
        first(mesh.images().hub(), properties.hub()).ifPresent(hub -> global.put("hub", hub));
        return global;
    }

    /** The same in the words of an IstioOperator, to which the caller adds. */
    public Map<String, Object> operator(Mesh mesh) {
        Map<String, Object> spec = new HashMap<>(global(mesh));
        if (mesh.revision().isNamed()) {
            spec.put("revision", mesh.revision().value());
        }
        return spec;
    }

    private static Optional<String> first(@Nullable String ofChange, @Nullable String configured) {
        return Optional.ofNullable(ofChange).or(() -> Optional.ofNullable(configured));
    }
}

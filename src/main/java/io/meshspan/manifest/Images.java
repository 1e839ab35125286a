package io.meshspan.manifest;

import io.meshspan.mesh.IstioVersion;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Where Istio's images come from: {@code global.hub} and {@code global.tag} of its charts. */
@Component
public final class Images {

    private final ChartProperties properties;

    Images(ChartProperties properties) {
        this.properties = properties;
    }

    /** Charts of a source tree carry development images, so the tag is always set. */
    public Map<String, Object> global(IstioVersion version) {
        Map<String, Object> global = new HashMap<>();
        global.put("tag", properties.tag() == null ? version.toString() : properties.tag());
        if (properties.hub() != null) {
            global.put("hub", properties.hub());
        }
        return global;
    }
}

package io.meshspan.manifest;

import io.meshspan.mesh.ValuesPart;
import java.util.List;

/** Istio's charts, with their names in its repository. */
public enum Chart {
    BASE("base", "base"),
    ISTIOD("istiod", "istio-control/istio-discovery"),
    GATEWAY("gateway", "gateway");

    private final String published;
    private final String inReleaseArchive;

    Chart(String published, String inReleaseArchive) {
        this.published = published;
        this.inReleaseArchive = inReleaseArchive;
    }

    /** The chart that takes these values. */
    static Chart of(ValuesPart part) {
        return switch (part) {
            case BASE -> BASE;
            case ISTIOD -> ISTIOD;
            case EAST_WEST_GATEWAY, INGRESS_GATEWAY -> GATEWAY;
            case NAMESPACES, SAMPLE -> throw new IllegalArgumentException(part + " is no chart's");
        };
    }

    /** The name in a repository or registry. */
    String published() {
        return published;
    }

    /** The possible paths on disk: as published, or as in the archive of an Istio release. */
    List<String> folders() {
        return List.of(published, inReleaseArchive);
    }
}

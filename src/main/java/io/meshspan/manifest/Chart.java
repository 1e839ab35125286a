package io.meshspan.manifest;

import java.util.List;

/** Istio's charts, by the names that its repository gives them. */
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

    /** The name in a repository or registry. */
    String published() {
        return published;
    }

    /** Where it may lie on disk: as published, or as in the archive of an Istio release. */
    List<String> folders() {
        return List.of(published, inReleaseArchive);
    }
}

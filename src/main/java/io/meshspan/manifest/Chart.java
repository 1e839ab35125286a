package io.meshspan.manifest;

import java.util.List;

/** Istio's charts and the release names that its documentation gives them. */
public enum Chart {
    BASE("istio-base", "base", "base"),
    ISTIOD("istiod", "istiod", "istio-control/istio-discovery"),
    GATEWAY("istio-eastwestgateway", "gateway", "gateway");

    private final String release;
    private final String published;
    private final String inReleaseArchive;

    Chart(String release, String published, String inReleaseArchive) {
        this.release = release;
        this.published = published;
        this.inReleaseArchive = inReleaseArchive;
    }

    public String release() {
        return release;
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

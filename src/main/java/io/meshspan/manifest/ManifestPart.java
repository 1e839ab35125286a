package io.meshspan.manifest;

import io.meshspan.mesh.IstioVersion;
import java.util.List;
import java.util.Map;

/**
 * A part of a mesh in one cluster, in the terms of both tools: the charts with their values, as Helm users write them, and
 * the {@code spec} of an IstioOperator, as in Istio's guide.
 *
 * @param title for people, for example {@code control plane}
 */
public record ManifestPart(String title, IstioVersion version, List<Release> releases, Map<String, Object> operator) {

    public ManifestPart {
        releases = List.copyOf(releases);
    }
}

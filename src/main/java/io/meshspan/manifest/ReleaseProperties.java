package io.meshspan.manifest;

import io.meshspan.mesh.IstioVersion;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The releases of Istio that people may ask for.
 *
 * @param versions What the start form offers, with the first one preselected; the newest patch of each minor in the source
 *     of the charts, if absent.
 * @param allowNewer Whether people may ask for a minor that is newer than those that Meshspan knows; the preflight warns.
 */
@ConfigurationProperties("meshspan.istio")
record ReleaseProperties(
        @DefaultValue List<String> versions,
        @DefaultValue("false") boolean allowNewer) {

    ReleaseProperties {
        List<String> unknown = versions.stream()
                .filter(version -> !IstioVersion.isSupported(version, allowNewer))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("releases of Istio that Meshspan knows, such as 1.30.3; not " + unknown);
        }
        versions = List.copyOf(versions);
    }
}

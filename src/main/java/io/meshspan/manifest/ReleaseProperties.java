package io.meshspan.manifest;

import io.meshspan.mesh.IstioVersion;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which releases of Istio people may ask for.
 *
 * @param versions What the start form offers, the first one preselected; the newest patch of each minor that the source of
 *     the charts has, if absent.
 */
@ConfigurationProperties("meshspan.istio")
record ReleaseProperties(@DefaultValue List<String> versions) {

    ReleaseProperties {
        List<String> unknown = versions.stream()
                .filter(version -> !IstioVersion.isSupported(version))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("releases of Istio that Meshspan knows, such as 1.30.3; not " + unknown);
        }
        versions = List.copyOf(versions);
    }
}

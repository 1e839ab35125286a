package io.meshspan.web;

import io.meshspan.mesh.IstioVersion;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Istio releases that the start form offers.
 *
 * @param versions What the start form offers, the first one preselected.
 */
@ConfigurationProperties("meshspan.istio")
record OfferedVersions(@DefaultValue({"1.30.3", "1.28.10"}) List<String> versions) {

    OfferedVersions {
        List<String> unknown = versions.stream()
                .filter(version -> !IstioVersion.isSupported(version))
                .toList();
        if (versions.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("releases of Istio that Meshspan knows, such as 1.30.3; not " + unknown);
        }
        versions = List.copyOf(versions);
    }
}

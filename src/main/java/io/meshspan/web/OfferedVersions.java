package io.meshspan.web;

import io.meshspan.mesh.IstioVersion;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Istio releases that the start form offers.
 *
 * @param versions {@code meshspan.istio.versions}, the preselected one first
 */
@ConfigurationProperties("meshspan.istio")
record OfferedVersions(@DefaultValue({"1.30.3", "1.28.10"}) List<String> versions) {

    OfferedVersions {
        versions = versions.stream().map(v -> IstioVersion.parse(v).toString()).toList();
    }
}

package io.meshspan.manifest;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.IstioVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder with charts. istioctl uses them instead of its compiled-in charts if the folder also has profiles. */
final class ManifestFolder {

    private final ChartLocation location;

    ManifestFolder(ChartLocation location) {
        this.location = location;
    }

    List<String> arguments(IstioVersion version) {
        return location.folder(version).map(charts -> "--manifests=" + manifests(charts)).stream()
                .toList();
    }

    Optional<Finding> check(IstioVersion version) {
        return location.folder(version)
                .filter(charts -> !Files.isDirectory(manifests(charts).resolve("profiles")))
                .map(charts -> Finding.blocking(
                        "charts",
                        charts.toString(),
                        "the folder manifests/charts of an Istio release, next to manifests/profiles",
                        "no such folder " + manifests(charts).resolve("profiles"),
                        "Point meshspan.charts.source there, or leave it out for the charts compiled into istioctl."));
    }

    private static Path manifests(Path charts) {
        return charts.toAbsolutePath().normalize().resolveSibling(".").normalize();
    }
}

package io.meshspan.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks whether the charts in the folder are the expected ones. Charts from Istio's source tree have no version of their
 * own.
 */
final class ChartsOnDisk {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String OF_THE_SOURCES = "1.0.0";

    private final ChartLocation location;
    private final IstioVersion version;

    ChartsOnDisk(ChartLocation location, IstioVersion version) {
        this.location = location;
        this.version = version;
    }

    /** Empty if the charts are in a repository or a registry, because these identify charts by name and version. */
    List<Finding> check() {
        return location.folder(version).stream()
                .flatMap(folder -> Stream.of(Chart.values()).flatMap(this::check))
                .toList();
    }

    private Stream<Finding> check(Chart chart) {
        try {
            Path description = location.onDisk(chart, version).resolve("Chart.yaml");
            return Files.isReadable(description)
                    ? described(chart, description, YAML.readTree(description.toFile()))
                    : Stream.empty();
        } catch (StepFailed e) {
            return e.findings().stream();
        } catch (IOException e) {
            return Stream.of(other(chart, location.describe(chart), "a Chart.yaml that is no YAML"));
        }
    }

    private Stream<Finding> described(Chart chart, Path description, JsonNode content) {
        String name = content.path("name").asText();
        String found = content.path("version").asText();
        boolean right =
                name.equals(chart.published()) && (found.equals(version.toString()) || found.equals(OF_THE_SOURCES));
        return right
                ? Stream.empty()
                : Stream.of(other(chart, description.toString(), "chart %s %s".formatted(name, found)));
    }

    private Finding other(Chart chart, String where, String found) {
        return Finding.blocking(
                "charts",
                where,
                "chart %s %s".formatted(chart.published(), version),
                found,
                "Put the charts of this version there (meshspan.charts.source may contain {version}), or ask for the"
                        + " version that is there.");
    }
}

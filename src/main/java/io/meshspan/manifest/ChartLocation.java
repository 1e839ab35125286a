package io.meshspan.manifest;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.UrlCredentials;
import io.meshspan.mesh.IstioVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The arguments with which Helm finds a chart. */
final class ChartLocation {

    private final String source;

    ChartLocation(String source) {
        this.source = source;
    }

    boolean isRepository() {
        return source.startsWith("https://") || source.startsWith("http://");
    }

    boolean isRegistry() {
        return source.startsWith("oci://");
    }

    /**
     * The repository's name for Helm, one for each address. Helm keeps what it fetches under this name in the user's cache,
     * where another repository may already have the name istio.
     */
    String repository() {
        return "meshspan-" + UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8));
    }

    /** For people: the chart and the place where Helm looked for it. */
    String describe(Chart chart) {
        return "chart %s in %s".formatted(chart.published(), UrlCredentials.removedFrom(source));
    }

    /** A reference in Helm's form: {@code repository/base}, {@code oci://host/base} or a path. */
    String reference(Chart chart, IstioVersion version) {
        if (isRepository()) {
            return repository() + "/" + chart.published();
        }
        return isRegistry()
                ? source + "/" + chart.published()
                : onDisk(chart, version).toString();
    }

    /** The folder with the charts of a version, if they are on disk. */
    Optional<Path> folder(IstioVersion version) {
        return isRepository() || isRegistry()
                ? Optional.empty()
                : Optional.of(Path.of(source.replace("{version}", version.toString())));
    }

    /** @throws StepFailed if the chart is not there */
    Path onDisk(Chart chart, IstioVersion version) {
        Path folder = Path.of(source.replace("{version}", version.toString()));
        Stream<Path> charts =
                chart.folders().stream().map(folder::resolve).filter(f -> Files.isReadable(f.resolve("Chart.yaml")));
        Stream<Path> archives = Stream.of(folder.resolve(chart.published() + "-" + version + ".tgz"))
                .filter(Files::isReadable);
        return Stream.concat(archives, charts).findFirst().orElseThrow(() -> missing(chart, version, folder));
    }

    private static StepFailed missing(Chart chart, IstioVersion version, Path folder) {
        return new StepFailed(
                FailureCode.CHARTS_UNUSABLE,
                List.of(Finding.blocking(
                        "charts",
                        "chart " + chart.published(),
                        "%s-%s.tgz or one of the folders %s in %s"
                                .formatted(chart.published(), version, chart.folders(), folder),
                        "none of them",
                        "Put Istio's charts there, or point meshspan.charts.source elsewhere.")));
    }
}

package io.meshspan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** A copy of the charts that a test may change, where they are folders on disk. */
record ChartsCopy(Path folder) {

    private static final String TEMPLATE =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\n  namespace: istio-system\n";

    static ChartsCopy make() {
        String source = GivenObjects.CHARTS.text().orElse("");
        Assumptions.assumeTrue(
                source.startsWith("/"),
                "skipped, for it changes charts and none are on disk; name their folder by -D"
                        + GivenObjects.CHARTS.property());
        try {
            Path folder = Files.createTempDirectory("meshspan-charts");
            for (String version : Settings.read().versions()) {
                FileSystemUtils.copyRecursively(Path.of(source.replace("{version}", version)), folder.resolve(version));
            }
            return new ChartsCopy(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String source() {
        return folder + "/{version}";
    }

    /** Gives the chart of istiod one more object. */
    void add(String version, String configMap) {
        try {
            Files.writeString(template(version, configMap), TEMPLATE.formatted(configMap));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String version, String configMap) {
        try {
            Files.deleteIfExists(template(version, configMap));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path template(String version, String configMap) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(version))) {
            return files.filter(file -> file.endsWith("istio-discovery/templates") || file.endsWith("istiod/templates"))
                    .findFirst()
                    .orElseThrow()
                    .resolve(configMap + ".yaml");
        }
    }
}

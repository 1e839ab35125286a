package io.meshspan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** A copy of the charts that the suite was given, in which chart istiod makes one more object. */
final class TamperedCharts {

    static final String OBJECT = "ConfigMap istio-system/nobody-approved-this";

    private static final String TEMPLATE =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: nobody-approved-this\n  namespace: istio-system\n";

    private TamperedCharts() {}

    static Path of(String version) {
        Path given = Path.of(Given.CHARTS.text().orElse("").replace("{version}", version));
        Assumptions.assumeTrue(
                Given.CHARTS.text().isPresent() && Files.isDirectory(given),
                "skipped, for it changes charts on disk; name their folder by -D" + Given.CHARTS.property());
        try {
            Path copy = Files.createTempDirectory("meshspan-charts");
            FileSystemUtils.copyRecursively(given, copy);
            tamper(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tamper(Path charts) throws IOException {
        for (Path chart : named("istiod", charts)) {
            Files.writeString(chart.resolveSibling("templates").resolve("more.yaml"), TEMPLATE);
        }
    }

    private static List<Path> named(String name, Path charts) throws IOException {
        try (Stream<Path> files = Files.walk(charts)) {
            return files.filter(
                            file -> file.endsWith("Chart.yaml") && read(file).contains("name: " + name + "\n"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

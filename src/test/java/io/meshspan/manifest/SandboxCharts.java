package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.ValuesPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The charts of the sandbox, rendered as Istio's own would be. */
public final class SandboxCharts {

    private static final String OF_ISTIO = "meshspan.test.charts";
    private static final String ISTIOCTL = "meshspan.test.istioctl";

    public static final Path FOLDER = Path.of("src/test/resources/sandbox/charts");

    private SandboxCharts() {}

    public static Renderer renderer() {
        return new HelmRenderer(new ChartProperties(FOLDER.toString(), null, null, null, null, null));
    }

    /** Renders Istio's own charts of 1.30.3. */
    public static Renderer istio() {
        return new HelmRenderer(new ChartProperties(ofIstio().toString(), null, null, null, null, null));
    }

    /** The folder of Istio's own charts of 1.30.3, which this project does not contain. */
    public static Path ofIstio() {
        String folder = System.getProperty(OF_ISTIO, "");
        Assumptions.assumeFalse(
                folder.isEmpty(),
                "skipped, because it needs Istio's charts of 1.30.3; name their folder by -D" + OF_ISTIO);
        return Path.of(folder);
    }

    /** Istio's own istioctl of 1.30.3 with the charts that it has inside. */
    public static Renderer istioctl() {
        String path = System.getProperty(ISTIOCTL, "");
        Assumptions.assumeFalse(path.isEmpty(), "skipped, because it needs istioctl 1.30.3; name it by -D" + ISTIOCTL);
        return new IstioctlRenderer(
                new Istioctl(new RenderingProperties.Istioctl(path, Duration.ofMinutes(2))),
                new ManifestFolder(new ChartLocation("https://charts.example.org")));
    }

    public static ValuesLayers images(@Nullable String hub, @Nullable String tag) {
        return new ValuesLayers(new ChartProperties("unused", null, null, null, hub, tag), HelmValues.NONE);
    }

    /** With values that the whole company wants. */
    public static ValuesLayers company(HelmValues values) {
        return new ValuesLayers(new ChartProperties("unused", null, null, null, null, null), values);
    }

    /** Remembers what it is asked to render, and renders nothing. */
    public static Renderer remembering(List<ManifestPart> parts) {
        return new Renderer() {
            @Override
            public List<GenericKubernetesResource> render(ManifestPart part) {
                parts.add(part);
                return List.of();
            }

            @Override
            public Optional<String> source(ManifestPart part) {
                return Optional.of(OperatorFile.text(part));
            }

            @Override
            public Optional<String> defaults(Chart chart, IstioVersion version) {
                return Optional.empty();
            }

            @Override
            public List<List<String>> inexpressible(ValuesPart part, HelmValues given) {
                return List.of();
            }

            @Override
            public List<Finding> check(IstioVersion version) {
                return List.of();
            }
        };
    }

    /** The file that istioctl would be given. */
    public static String operatorFile(ManifestPart part) {
        return OperatorFile.text(part);
    }

    /** The keys of a part that istioctl has no place for. */
    public static List<List<String>> inexpressible(ValuesPart part, HelmValues given) {
        return OperatorValues.inexpressible(part, given);
    }

    public static ManifestInstaller installer() {
        return new ManifestInstaller();
    }
}

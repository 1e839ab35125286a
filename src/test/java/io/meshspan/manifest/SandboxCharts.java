package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.IstioVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The charts of the sandbox, rendered as Istio's own would be. */
public final class SandboxCharts {

    static final Path FOLDER = Path.of("src/test/resources/sandbox/charts");

    private SandboxCharts() {}

    public static Renderer renderer() {
        return new HelmRenderer(new ChartProperties(FOLDER.toString(), null, null, null, null, null));
    }

    public static ImageSettings images(@Nullable String hub, @Nullable String tag) {
        return new ImageSettings(new ChartProperties("unused", null, null, null, hub, tag));
    }

    /** Remembers what it is asked to render, and renders nothing. */
    public static Renderer remembering(List<Part> parts) {
        return new Renderer() {
            @Override
            public List<GenericKubernetesResource> render(Part part) {
                parts.add(part);
                return List.of();
            }

            @Override
            public Optional<String> source(Part part) {
                return Optional.of(OperatorFile.text(part));
            }

            @Override
            public List<Finding> check(IstioVersion version) {
                return List.of();
            }
        };
    }

    /** The file that istioctl would be given. */
    public static String operatorFile(Part part) {
        return OperatorFile.text(part);
    }

    public static ManifestInstaller installer() {
        return new ManifestInstaller();
    }
}

package io.meshspan.manifest;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The charts of the sandbox, rendered as Istio's own would be. */
public final class SandboxCharts {

    static final Path FOLDER = Path.of("src/test/resources/sandbox/charts");

    private SandboxCharts() {}

    public static Renderer renderer() {
        return new HelmRenderer(new ChartProperties(FOLDER.toString(), null, null));
    }

    public static Images images(@Nullable String hub, @Nullable String tag) {
        return new Images(new ChartProperties("unused", hub, tag));
    }

    public static ManifestInstaller installer() {
        return new ManifestInstaller();
    }
}

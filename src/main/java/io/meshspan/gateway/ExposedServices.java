package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.ManifestYaml;
import io.meshspan.mesh.Mesh;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The guide's expose-services.yaml: all services of the cluster, reachable through its east-west gateway. */
public final class ExposedServices {

    private static final String MANIFEST = "expose-services.yaml";

    private ExposedServices() {}

    public static List<HasMetadata> desired(Mesh mesh) {
        ApplySet set = new ApplySet(mesh.id());
        return manifest().stream().<HasMetadata>map(set::member).toList();
    }

    private static List<GenericKubernetesResource> manifest() {
        try (InputStream in = Objects.requireNonNull(ExposedServices.class.getResourceAsStream(MANIFEST))) {
            return ManifestYaml.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

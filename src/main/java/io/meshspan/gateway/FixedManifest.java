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

/** Objects that are equal in every mesh: YAML files next to this class. */
final class FixedManifest {

    private FixedManifest() {}

    static List<HasMetadata> members(Mesh mesh, String file) {
        ApplySet set = new ApplySet(mesh.id());
        return read(file).stream().<HasMetadata>map(set::member).toList();
    }

    private static List<GenericKubernetesResource> read(String file) {
        try (InputStream in = Objects.requireNonNull(FixedManifest.class.getResourceAsStream(file))) {
            return ManifestYaml.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.meshspan.meshfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.PlainScalar;
import io.meshspan.mesh.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mesh as a mesh file, to start the next change from. */
public final class MeshFileWriter {

    private static final YAMLMapper YAML = YAMLMapper.builder(PlainScalar.yaml())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private static final String VALUES = "values";
    private static final String GATEWAY = "gateway";
    private static final String CLUSTERS = "clusters";

    private MeshFileWriter() {}

    public static String text(Mesh mesh) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("meshId", mesh.id().value());
        file.put("istioVersion", mesh.version().toString());
        putUnlessEmpty(file, "hub", mesh.images().hub());
        putUnlessEmpty(file, "tag", mesh.images().tag());
        putUnlessEmpty(file, "revision", mesh.revision().value());
        if (mesh.extras().ingressGateway()) {
            file.put("ingressGateway", true);
        }
        if (mesh.extras().defaultTag()) {
            file.put("defaultTag", true);
        }
        if (!mesh.values().isEmpty()) {
            file.put(VALUES, mesh.values().tree());
        }
        if (!mesh.gatewayNamespace().isEmpty()) {
            file.put(GATEWAY, Map.of("namespace", mesh.gatewayNamespace()));
        }
        mesh.boundTokens()
                .ifPresent(expiration -> file.put("remoteSecrets", Map.of("tokenExpiration", expiration.toString())));
        file.put(
                CLUSTERS,
                mesh.members().stream()
                        .map(member -> {
                            Map<String, Object> cluster = new LinkedHashMap<>();
                            cluster.put("name", member.cluster().value());
                            cluster.put("network", member.network().value());
                            cluster.put("role", member.role() == Role.PRIMARY ? "primary" : "remote");
                            if (member.role() == Role.REMOTE) {
                                cluster.put(
                                        "controlPlane", member.controlPlane().value());
                            }
                            if (!member.values().isEmpty()) {
                                cluster.put(VALUES, member.values().tree());
                            }
                            member.declaredGateway().ifPresent(gateway -> cluster.put(GATEWAY, gateway));
                            return cluster;
                        })
                        .toList());
        try {
            return YAML.writeValueAsString(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mesh file could not be written", e);
        }
    }

    private static void putUnlessEmpty(Map<String, Object> file, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            file.put(field, value);
        }
    }
}

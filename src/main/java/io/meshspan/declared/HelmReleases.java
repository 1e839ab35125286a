package io.meshspan.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ValuesPart;
import io.meshspan.mesh.ValuesRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The Helm releases that installed Istio in a cluster, from the Secrets in which Helm keeps them. The Sail operator has the same.
 * Of their values it takes what a mesh can be told, and nothing that looks like a credential.
 */
final class HelmReleases {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> DEPLOYED = Map.of("owner", "helm", "status", "deployed");

    private HelmReleases() {}

    /**
     * One deployed release.
     *
     * @param values what its users set, in the parts of a mesh file
     */
    record HelmRelease(String namespace, String name, String chart, String version, HelmValues values) {

        String inWords() {
            return "%s (chart %s %s)".formatted(name, chart, version);
        }
    }

    /** Of Istio's charts, in these namespaces. */
    static List<HelmRelease> in(Cluster cluster, Set<String> namespaces) {
        return namespaces.stream()
                .flatMap(namespace -> cluster.list(Secret.class, namespace, DEPLOYED).stream())
                .flatMap(secret -> read(secret).stream())
                .sorted(Comparator.comparing(HelmRelease::name))
                .toList();
    }

    /** Their values together. */
    static HelmValues values(List<HelmRelease> releases) {
        HelmValues values = HelmValues.NONE;
        for (HelmRelease release : releases) {
            values = release.values().over(values);
        }
        return values;
    }

    private static Optional<HelmRelease> read(Secret secret) {
        String encoded = Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
                .getOrDefault("release", "");
        try {
            return encoded.isEmpty()
                    ? Optional.empty()
                    : release(secret.getMetadata().getNamespace(), JSON.readTree(unpacked(encoded)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional
                    .empty(); // what it cannot read, the settings of the running Istio say; the cause could show a
            // value
        }
    }

    /** A Secret's value is base64, and Helm's own encoding of it once more. */
    private static byte[] unpacked(String encoded) throws IOException {
        byte[] packed = Base64.getDecoder()
                .decode(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip());
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private static Optional<HelmRelease> release(String namespace, JsonNode release) {
        JsonNode chart = release.path("chart").path("metadata");
        HelmValues config = HelmValues.read(release.path("config").toString());
        String name = release.path("name").asText();
        return part(chart.path("name").asText(), config.text("name").orElse(name))
                .map(part -> new HelmRelease(
                        namespace,
                        name,
                        chart.path("name").asText(),
                        chart.path("version").asText(),
                        carried(part, config)));
    }

    private static Optional<ValuesPart> part(String chart, String gateway) {
        return switch (chart) {
            case "base" -> Optional.of(ValuesPart.BASE);
            case "istiod" -> Optional.of(ValuesPart.ISTIOD);
            case "gateway" ->
                switch (gateway) {
                    case EastWestGateway.NAME -> Optional.of(ValuesPart.EAST_WEST_GATEWAY);
                    case IngressGateway.NAME -> Optional.of(ValuesPart.INGRESS_GATEWAY);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static HelmValues carried(ValuesPart part, HelmValues config) {
        HelmValues values = HelmValues.NONE;
        for (Map.Entry<List<String>, Object> leaf : config.leaves().entrySet()) {
            List<String> path = leaf.getKey();
            if (!ValuesRules.isOwned(part, path)
                    && !ValuesRules.hasCredential(path, leaf.getValue())
                    && !isImageTag(path)) {
                values = HelmValues.of(ValuesRules.at(part, path), leaf.getValue())
                        .over(values);
            }
        }
        return values;
    }

    /** It is the version of the mesh. */
    private static boolean isImageTag(List<String> path) {
        return path.equals(List.of("global", "tag")) || path.equals(List.of("tag"));
    }
}

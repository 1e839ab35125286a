package io.meshspan.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of an installed Istio, from the ConfigMaps of its charts: {@code values} in every cluster since 1.24, {@code
 * istio-sidecar-injector} in primaries of older releases too, {@code istio} with the mesh configuration.
 *
 * @param revision {@code default} for the revision without a name
 */
public record InstalledIstio(String revision, JsonNode values, JsonNode mesh) {

    private static final YAMLMapper YAML = new YAMLMapper(); // reads JSON too
    private static final String INJECTOR = "istio-sidecar-injector";
    private static final String VALUES = "values";

    /** Every revision that has its values in istio-system. */
    static List<InstalledIstio> in(ClusterSnapshot cluster) {
        return in(cluster.inIstioSystem(ConfigMap.class));
    }

    /** @param maps all ConfigMaps of istio-system */
    public static List<InstalledIstio> in(List<ConfigMap> maps) {
        Map<String, InstalledIstio> found = new TreeMap<>();
        maps.stream()
                .filter(map -> isNamed(map, INJECTOR) || isNamed(map, VALUES))
                .forEach(map -> found.put(revision(map), of(map, maps)));
        return List.copyOf(found.values());
    }

    private static InstalledIstio of(ConfigMap map, List<ConfigMap> maps) {
        String revision = revision(map);
        String suffix = revision.equals("default") ? "" : "-" + revision;
        JsonNode mesh = maps.stream()
                .filter(other -> other.getMetadata().getName().equals("istio" + suffix))
                .findFirst()
                .map(other -> tree(other, "mesh"))
                .orElse(MissingNode.getInstance());
        return new InstalledIstio(revision, tree(map, isNamed(map, INJECTOR) ? VALUES : "merged-values"), mesh);
    }

    /** Empty if Istio was installed without one. */
    public String meshId() {
        return values.path("global").path("meshID").asText();
    }

    /** Empty if Istio was installed without one, or with Istio's default name for a single cluster. */
    public String clusterName() {
        String name =
                values.path("global").path("multiCluster").path("clusterName").asText();
        return name.equals("Kubernetes") ? "" : name;
    }

    public String network() {
        return values.path("global").path("network").asText();
    }

    String trustDomain() {
        return mesh.path("trustDomain").asText("cluster.local");
    }

    public String where() {
        return revision.equals("default") ? "the installed Istio" : "the installed Istio of revision " + revision;
    }

    private static boolean isNamed(ConfigMap map, String base) {
        String name = map.getMetadata().getName();
        return name.equals(base) || (name.startsWith(base + "-") && isOfIstio(map));
    }

    private static boolean isOfIstio(ConfigMap map) {
        return map.getMetadata().getLabels() != null
                && map.getMetadata().getLabels().containsKey("istio.io/rev");
    }

    private static String revision(ConfigMap map) {
        return map.getMetadata().getLabels() == null
                ? "default"
                : map.getMetadata().getLabels().getOrDefault("istio.io/rev", "default");
    }

    private static JsonNode tree(ConfigMap map, String key) {
        try {
            return map.getData() == null
                    ? MissingNode.getInstance()
                    : YAML.readTree(map.getData().getOrDefault(key, ""));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}

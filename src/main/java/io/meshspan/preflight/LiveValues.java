package io.meshspan.preflight;

import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.Inventory;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The settings of the Istio that runs in some clusters, as values of a mesh file, for taking over an existing mesh. */
@Component
public final class LiveValues {

    private static final String VALUES = "values";
    private static final MeshId ANY_MESH = new MeshId("mesh1");

    private final Inventory inventory;
    private final Clusters clusters;
    private final LostSettings settings;

    LiveValues(Inventory inventory, Clusters clusters, LostSettings settings) {
        this.inventory = inventory;
        this.clusters = clusters;
        this.settings = settings;
    }

    /**
     * Equal settings of all clusters are written once, below {@code values}; the others at each cluster.
     *
     * @param version its charts' default values are omitted
     */
    public String file(Collection<ClusterName> names, IstioVersion version) {
        Map<ClusterName, NetworkName> networks = inventory.networks();
        Mesh mesh = new Mesh(
                ANY_MESH,
                Topology.AS_IT_IS,
                version,
                names.stream()
                        .map(name -> Member.primary(name, Objects.requireNonNull(networks.get(name))))
                        .toList());
        SortedMap<String, String> unread = new TreeMap<>();
        SortedMap<String, HelmValues> live = new TreeMap<>();
        clusters.inEach(names, cluster -> read(mesh, cluster, live, unread));
        return text(live, unread);
    }

    private String read(Mesh mesh, Cluster cluster, Map<String, HelmValues> live, Map<String, String> unread) {
        String name = cluster.name().value();
        try {
            HelmValues values = settings.values(mesh, ClusterSnapshot.of(cluster, mesh.member(cluster.name())));
            synchronized (live) {
                live.put(name, values);
            }
        } catch (StepFailed | TransientException e) {
            synchronized (unread) {
                unread.put(name, String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
            }
        }
        return name;
    }

    /**
     * The settings of a member that an installation of the mesh as it is would lose, for a mesh that is adopted.
     *
     * @throws TransientException if the API server does not answer
     * @throws StepFailed if it refuses access
     */
    public HelmValues lost(Mesh mesh, Cluster cluster) {
        return settings.values(mesh, ClusterSnapshot.of(cluster, mesh.member(cluster.name())));
    }

    /** The mesh with values for its members; what all of them have alike becomes a value of the mesh. */
    public static Mesh with(Mesh mesh, Map<ClusterName, HelmValues> own) {
        List<HelmValues> all = mesh.members().stream()
                .map(member -> own.getOrDefault(member.cluster(), HelmValues.NONE))
                .toList();
        HelmValues shared = all.size() > 1 ? shared(all) : HelmValues.NONE;
        return mesh.with(shared, mesh.gatewayNamespace())
                .with(member -> member.with(
                        without(own.getOrDefault(member.cluster(), HelmValues.NONE), shared), member.gateway()));
    }

    /** The values of a declared mesh, in the same form. */
    public static String file(Mesh mesh, int version) {
        SortedMap<String, HelmValues> own = new TreeMap<>();
        mesh.members().forEach(member -> own.put(member.cluster().value(), member.values()));
        return "# Values of the declared mesh %s, version %d, for a mesh file.\n".formatted(mesh.id(), version)
                + body(mesh.values(), own).text();
    }

    static String text(SortedMap<String, HelmValues> live, SortedMap<String, String> unread) {
        HelmValues shared = live.size() > 1 ? shared(List.copyOf(live.values())) : HelmValues.NONE;
        SortedMap<String, HelmValues> own = new TreeMap<>();
        live.forEach((cluster, values) -> own.put(cluster, without(values, shared)));
        HelmValues file = body(shared, own);
        return "# Settings of the running mesh that a change would lose, for a mesh file. Without credentials.\n"
                + unread.entrySet().stream()
                        .map(cluster -> "# %s could not be read: %s\n".formatted(cluster.getKey(), cluster.getValue()))
                        .collect(Collectors.joining())
                + (file.isEmpty() ? "# There are none.\n" : file.text());
    }

    private static HelmValues body(HelmValues shared, SortedMap<String, HelmValues> own) {
        Map<String, Object> file = new TreeMap<>();
        if (!shared.isEmpty()) {
            file.put(VALUES, shared.tree());
        }
        List<Map<String, Object>> clusters = own.entrySet().stream()
                .filter(cluster -> !cluster.getValue().isEmpty())
                .map(cluster -> {
                    Map<String, Object> entry = new TreeMap<>();
                    entry.put("name", cluster.getKey());
                    entry.put(VALUES, cluster.getValue().tree());
                    return entry;
                })
                .toList();
        if (!clusters.isEmpty()) {
            file.put("clusters", clusters);
        }
        return new HelmValues(file);
    }

    private static HelmValues shared(List<HelmValues> all) {
        HelmValues shared = HelmValues.NONE;
        for (Map.Entry<List<String>, Object> leaf : all.get(0).leaves().entrySet()) {
            if (all.stream()
                    .allMatch(values -> values.at(leaf.getKey())
                            .filter(leaf.getValue()::equals)
                            .isPresent())) {
                shared = HelmValues.of(leaf.getKey(), leaf.getValue()).over(shared);
            }
        }
        return shared;
    }

    private static HelmValues without(HelmValues values, HelmValues shared) {
        HelmValues left = values;
        for (List<String> path : shared.leaves().keySet()) {
            left = left.without(path);
        }
        return left;
    }
}

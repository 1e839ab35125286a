package io.meshspan.upgrade;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.upgrade.ConnectedProxies.Proxy;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Pods and connected proxies of each revision, by cluster; and of each version. */
@Component
public final class ProxyFigures {

    private static final String UNKNOWN = "unknown";

    private final Clusters clusters;

    ProxyFigures(Clusters clusters) {
        this.clusters = clusters;
    }

    /**
     * The figures of one cluster.
     *
     * @param pods with a proxy, by revision
     * @param connected proxies that its istiods serve, by the revision of the istiod; of remotes, too. Empty for a remote, or
     *     if no istiod could be asked
     * @param versions its own proxies, wherever their istiod is, by the version of the proxy
     */
    public record Figures(Map<String, Long> pods, Map<String, Long> connected, Map<String, Long> versions) {}

    public SortedMap<ClusterName, Figures> of(Mesh mesh) {
        SortedMap<ClusterName, List<Proxy>> served = clusters.inEach(mesh.primaryClusters(), ConnectedProxies::of);
        return clusters.inEach(mesh.clusters(), cluster -> figures(mesh, cluster, served));
    }

    private static Figures figures(Mesh mesh, Cluster cluster, SortedMap<ClusterName, List<Proxy>> served) {
        Member member = mesh.member(cluster.name());
        List<Proxy> own = served.getOrDefault(member.controlPlane(), List.of()).stream()
                .filter(proxy -> proxy.cluster().equals(member.istioName().value()))
                .toList();
        List<Proxy> connected =
                member.role() == Role.PRIMARY ? served.getOrDefault(cluster.name(), List.of()) : List.of();
        return new Figures(
                new TreeMap<>(InjectedNamespaces.pods(cluster, mesh)),
                counted(connected, Proxy::revision),
                counted(own, proxy -> proxy.version().map(Object::toString).orElse(UNKNOWN)));
    }

    private static Map<String, Long> counted(List<Proxy> proxies, Function<Proxy, String> by) {
        return proxies.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }

    /** As a Markdown table: the older revision, then the newer one; of an upgrade in place, the versions of the proxies. */
    public static String text(Mesh mesh, SortedMap<ClusterName, Figures> figures) {
        if (mesh.isUpgradeInPlace()) {
            return "| cluster | pods with a proxy | proxies connected, by version |\n|---|---|---|\n"
                    + lines(figures, ProxyFigures::versions);
        }
        String old = mesh.replaced().orElseThrow().label();
        String now = mesh.revision().value();
        return "| cluster | pods of %s | pods of %s | proxies connected to %s | connected to %s |\n|---|---|---|---|---|\n"
                        .formatted(old, now, old, now)
                + lines(
                        figures,
                        row -> "%d | %d | %s | %s"
                                .formatted(
                                        row.pods().getOrDefault(old, 0L),
                                        row.pods().getOrDefault(now, 0L),
                                        told(row.connected(), old),
                                        told(row.connected(), now)));
    }

    private static String lines(SortedMap<ClusterName, Figures> figures, Function<Figures, String> columns) {
        return figures.entrySet().stream()
                .map(row -> "| %s | %s |".formatted(row.getKey(), columns.apply(row.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private static String versions(Figures figures) {
        return "%d | %s"
                .formatted(
                        figures.pods().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        figures.versions().isEmpty()
                                ? "none"
                                : figures.versions().entrySet().stream()
                                        .map(version -> "%d of %s".formatted(version.getValue(), version.getKey()))
                                        .collect(Collectors.joining(", ")));
    }

    private static String told(Map<String, Long> connected, String revision) {
        Long count = connected.get(revision);
        return count == null ? "none" : count.toString();
    }
}

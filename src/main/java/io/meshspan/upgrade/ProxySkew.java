package io.meshspan.upgrade;

import io.meshspan.finding.FewNames;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ReplacedRevision;
import io.meshspan.upgrade.ConnectedProxies.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the connected proxies fit their control plane during an upgrade. A control plane is at most one minor ahead of its
 * proxies, and never behind them (istio.io, Supported Releases, "Control Plane/Data Plane Skew").
 */
final class ProxySkew {

    private static final int MOST_NAMED = 10;

    private ProxySkew() {}

    /** @param served by primary, the proxies that its istiods serve */
    static List<Finding> findings(Mesh mesh, SortedMap<ClusterName, List<Proxy>> served) {
        ReplacedRevision old = mesh.replaced().orElseThrow();
        IstioVersion serving = mesh.isUpgradeInPlace() ? mesh.version() : old.version();
        List<Finding> findings = new ArrayList<>();
        served.forEach((primary, proxies) -> {
            List<Proxy> olds = proxies.stream()
                    .filter(proxy -> proxy.revision().equals(old.label()))
                    .toList();
            byCluster(mesh, primary, unfit(serving, olds))
                    .forEach((cluster, unfit) -> findings.add(skewed(mesh, cluster, serving, unfit)));
            List<Proxy> others = proxies.stream()
                    .filter(proxy -> !proxy.revision().equals(old.label())
                            && !(mesh.isUpgrade()
                                    && proxy.revision().equals(mesh.revision().value())))
                    .toList();
            byCluster(mesh, primary, others).forEach((cluster, left) -> findings.add(leftover(cluster, old, left)));
        });
        return findings;
    }

    private static List<Proxy> unfit(IstioVersion serving, List<Proxy> proxies) {
        return proxies.stream()
                .filter(proxy -> proxy.version()
                        .filter(version -> !fits(serving, version))
                        .isPresent())
                .toList();
    }

    private static boolean fits(IstioVersion controlPlane, IstioVersion proxy) {
        int behind = controlPlane.minor() - proxy.minor();
        return controlPlane.major() == proxy.major() && behind >= 0 && behind <= 1;
    }

    /** By the inventory's name; istiod tells its own name of each cluster. */
    private static SortedMap<String, List<Proxy>> byCluster(Mesh mesh, ClusterName primary, List<Proxy> proxies) {
        Map<String, String> names = mesh.members().stream()
                .collect(Collectors.toMap(
                        member -> member.istioName().value(),
                        member -> member.cluster().value(),
                        (one, two) -> one));
        return proxies.stream()
                .collect(Collectors.groupingBy(
                        proxy -> names.getOrDefault(proxy.cluster(), primary.value()),
                        TreeMap::new,
                        Collectors.toList()));
    }

    private static Finding skewed(Mesh mesh, String cluster, IstioVersion serving, List<Proxy> proxies) {
        return Finding.blocking(
                cluster,
                "version of proxies that istiod %s %s"
                        .formatted(mesh.isUpgradeInPlace() ? "would serve as" : "serves as", serving),
                "%d.%d or %d.%d: at most one minor older than the control plane, and never newer"
                        .formatted(serving.major(), serving.minor() - 1, serving.major(), serving.minor()),
                told(proxies),
                "Restart these workloads under the present control plane, so that they get its proxy; then start the upgrade again.");
    }

    private static Finding leftover(String cluster, ReplacedRevision old, List<Proxy> proxies) {
        return Finding.warning(
                cluster,
                "revisions with connected proxies",
                "only %s, which this upgrade replaces".formatted(old.label()),
                told(proxies),
                "This upgrade does not move them. Give their namespaces the label of the present revision and restart them, then"
                        + " remove the control plane that is left over.");
    }

    /** For example {@code revision canary, 1.28.8: shop (web-1, web-2)}. */
    private static String told(List<Proxy> proxies) {
        return proxies.stream()
                .collect(Collectors.groupingBy(
                        proxy -> "revision %s, %s"
                                .formatted(
                                        proxy.revision(),
                                        proxy.version().map(Object::toString).orElse("unknown version")),
                        TreeMap::new,
                        Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> "%s: %s".formatted(group.getKey(), namespaces(group.getValue())))
                .collect(Collectors.joining("; "));
    }

    private static String namespaces(List<Proxy> proxies) {
        return proxies.stream()
                .collect(Collectors.groupingBy(
                        Proxy::namespace,
                        TreeMap::new,
                        Collectors.mapping(Proxy::pod, Collectors.toCollection(TreeSet::new))))
                .entrySet()
                .stream()
                .map(namespace ->
                        "%s (%s)".formatted(namespace.getKey(), FewNames.of(namespace.getValue(), MOST_NAMED)))
                .collect(Collectors.joining(", "));
    }
}

package io.meshspan.inventory;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import io.meshspan.inventory.InventoryProperties.Entry;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DnsLabel;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.NetworkName;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The clusters of the configuration, or without one all contexts of the kubeconfig. Read once, at start-up. */
@Component
@EnableConfigurationProperties(InventoryProperties.class)
final class KubeconfigInventory implements Inventory {

    private static final Logger LOG = LoggerFactory.getLogger(KubeconfigInventory.class);

    private final List<KnownCluster> clusters;

    KubeconfigInventory(InventoryProperties properties) {
        clusters = KubeconfigFiles.find(
                        properties.kubeconfig(),
                        System.getenv("KUBECONFIG"),
                        Path.of(System.getProperty("user.home")))
                .map(source -> clusters(properties, source))
                .orElseGet(List::of);
        LOG.info(
                "{} clusters in the inventory: {}",
                clusters.size(),
                clusters.stream().map(KnownCluster::name).toList());
    }

    private static List<KnownCluster> clusters(InventoryProperties properties, KubeconfigFiles source) {
        Set<String> contexts = contexts(source);
        List<KnownCluster> found =
                properties.named().isEmpty() ? all(contexts, source) : named(properties.named(), contexts, source);
        return found.stream().sorted(Comparator.comparing(KnownCluster::name)).toList();
    }

    private static Set<String> contexts(KubeconfigFiles source) {
        try {
            Set<String> contexts = source.read().contexts();
            if (contexts.isEmpty()) {
                throw new UnusableKubeconfig("The kubeconfig %s has no contexts.".formatted(source));
            }
            return contexts;
        } catch (UnusableKubeconfig e) {
            throw new StartupFailure(
                    ExitCode.KUBECONFIG,
                    String.valueOf(e.getMessage()),
                    "Put it there for the user that runs Meshspan, or name another in meshspan.inventory.kubeconfig or"
                            + " KUBECONFIG. kubectl config get-contexts shows what a file has.");
        }
    }

    @Override
    public List<KnownCluster> clusters() {
        return clusters;
    }

    /** @throws StartupFailure with every cluster whose context is in no kubeconfig */
    private static List<KnownCluster> named(
            Map<ClusterName, Entry> entries, Set<String> contexts, KubeconfigFiles source) {
        String unknown = entries.entrySet().stream()
                .filter(e -> !contexts.contains(context(e.getKey(), e.getValue())))
                .map(e -> "Cluster '%s' is configured with context '%s', which no kubeconfig has."
                        .formatted(e.getKey(), context(e.getKey(), e.getValue())))
                .sorted()
                .collect(Collectors.joining("\n"));
        if (!unknown.isEmpty()) {
            throw new StartupFailure(
                    ExitCode.KUBECONFIG,
                    "%s Contexts found: %s".formatted(unknown, contexts),
                    "Correct meshspan.inventory.clusters.NAME.context, or add the contexts to the kubeconfig.");
        }
        return entries.entrySet().stream()
                .map(e -> known(e.getKey(), e.getValue(), source))
                .toList();
    }

    private static String context(ClusterName name, Entry entry) {
        return entry.context() == null ? name.value() : entry.context();
    }

    private static KnownCluster known(ClusterName name, Entry entry, KubeconfigFiles source) {
        String context = context(name, entry);
        return new KnownCluster(
                name,
                entry.clusterName() == null ? new IstioClusterName(name.value()) : entry.clusterName(),
                entry.network() == null ? new NetworkName(name.value()) : entry.network(),
                context,
                source,
                entry.address());
    }

    /** Contexts whose names cannot be cluster names (cloud tools write long ones) need an entry that renames them. */
    private static List<KnownCluster> all(Set<String> contexts, KubeconfigFiles source) {
        contexts.stream()
                .filter(name -> !DnsLabel.matches(name))
                .forEach(name -> LOG.warn(
                        "Context '{}' is left out: it is no DNS-1123 label; name it in meshspan.inventory.clusters",
                        name));
        return contexts.stream()
                .filter(DnsLabel::matches)
                .map(name -> known(new ClusterName(name), Entry.EMPTY, source))
                .toList();
    }
}

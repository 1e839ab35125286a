package io.meshspan.inventory;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import io.meshspan.inventory.InventoryProperties.Entry;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DnsLabel;
import io.meshspan.mesh.NetworkName;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<String, Path> contexts = KubeconfigContexts.find(properties.kubeconfig());
        List<KnownCluster> found = properties.named().isEmpty() ? all(contexts) : named(properties.named(), contexts);
        clusters =
                found.stream().sorted(Comparator.comparing(KnownCluster::name)).toList();
        LOG.info(
                "{} clusters in the inventory: {}",
                clusters.size(),
                clusters.stream().map(KnownCluster::name).toList());
    }

    @Override
    public List<KnownCluster> clusters() {
        return clusters;
    }

    /** @throws StartupFailure with every cluster whose context is in no kubeconfig */
    private static List<KnownCluster> named(Map<ClusterName, Entry> entries, Map<String, Path> contexts) {
        String unknown = entries.entrySet().stream()
                .filter(e -> !contexts.containsKey(context(e.getKey(), e.getValue())))
                .map(e -> "Cluster '%s' is configured with context '%s', which no kubeconfig has."
                        .formatted(e.getKey(), context(e.getKey(), e.getValue())))
                .sorted()
                .collect(Collectors.joining("\n"));
        if (!unknown.isEmpty()) {
            throw new StartupFailure(
                    ExitCode.KUBECONFIG,
                    "%s Contexts found: %s".formatted(unknown, contexts.keySet()),
                    "Correct meshspan.inventory.clusters.NAME.context, or add the contexts to the kubeconfig.");
        }
        return entries.entrySet().stream()
                .map(e -> known(e.getKey(), e.getValue(), contexts))
                .toList();
    }

    private static String context(ClusterName name, Entry entry) {
        return entry.context() == null ? name.value() : entry.context();
    }

    private static KnownCluster known(ClusterName name, Entry entry, Map<String, Path> contexts) {
        String context = context(name, entry);
        return new KnownCluster(
                name,
                entry.network() == null ? new NetworkName(name.value()) : entry.network(),
                context,
                Objects.requireNonNull(contexts.get(context)),
                entry.address());
    }

    /** Contexts whose names cannot be cluster names (cloud tools write long ones) need an entry that renames them. */
    private static List<KnownCluster> all(Map<String, Path> contexts) {
        contexts.keySet().stream()
                .filter(name -> !DnsLabel.matches(name))
                .forEach(name -> LOG.warn(
                        "Context '{}' is left out: it is no DNS-1123 label; name it in meshspan.inventory.clusters",
                        name));
        return contexts.entrySet().stream()
                .filter(e -> DnsLabel.matches(e.getKey()))
                .map(e -> known(new ClusterName(e.getKey()), new Entry(null, null, null), contexts))
                .toList();
    }
}

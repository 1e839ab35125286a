package io.meshspan.inventory;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartFailed;
import io.meshspan.inventory.InventoryProperties.Entry;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DnsLabel;
import io.meshspan.mesh.NetworkName;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static List<KnownCluster> named(Map<String, Entry> entries, Map<String, Path> contexts) {
        return entries.entrySet().stream()
                .map(e -> known(e.getKey(), e.getValue(), contexts))
                .toList();
    }

    private static KnownCluster known(String name, Entry entry, Map<String, Path> contexts) {
        String context = entry.context() == null ? name : entry.context();
        Path kubeconfig = contexts.get(context);
        if (kubeconfig == null) {
            throw new StartFailed(
                    ExitCode.KUBECONFIG,
                    "Cluster '%s' is configured with context '%s', which no kubeconfig has. Contexts found: %s"
                            .formatted(name, context, contexts.keySet()),
                    "Correct meshspan.inventory.clusters.%s.context, or add the context to the kubeconfig."
                            .formatted(name));
        }
        String network = entry.network() == null ? name : entry.network();
        return new KnownCluster(
                new ClusterName(name),
                new NetworkName(network),
                context,
                kubeconfig,
                Optional.ofNullable(entry.apiServer()));
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
                .map(e -> known(e.getKey(), new Entry(null, null, null), Map.of(e.getKey(), e.getValue())))
                .toList();
    }
}

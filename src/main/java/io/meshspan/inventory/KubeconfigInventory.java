package io.meshspan.inventory;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import io.meshspan.inventory.InventoryProperties.Entry;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DnsLabel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The clusters of the configuration, or all contexts of the kubeconfigs if it names none, and the clusters of other sources.
 * It reads the files again when they change. If a read fails, for example while somebody writes a file, the clusters stay as
 * they were.
 */
@Component
@EnableConfigurationProperties(InventoryProperties.class)
final class KubeconfigInventory implements Inventory {

    private static final Logger LOG = LoggerFactory.getLogger(KubeconfigInventory.class);

    private final InventoryProperties properties;
    private final Supplier<Stream<ClusterSource>> others;
    private FileTimes read;
    private Contexts contexts;
    private List<KnownCluster> ofFiles;
    private List<LeftOutCluster> unnamed;
    private volatile @Nullable NamedClusters named;

    @Autowired
    KubeconfigInventory(InventoryProperties properties, ObjectProvider<ClusterSource> others) {
        this(properties, others::orderedStream);
    }

    /** @throws StartupFailure if a named kubeconfig does not exist, or a named context is in no kubeconfig */
    KubeconfigInventory(InventoryProperties properties, Supplier<Stream<ClusterSource>> others) {
        this.properties = properties;
        this.others = others;
        List<KubeconfigFiles> sources = requiredSources();
        if (sources.isEmpty()) {
            LOG.warn("There is no kubeconfig: there are no clusters to work on but those of other sources");
        }
        read = FileTimes.of(watched(sources));
        contexts = required(sources);
        ofFiles = clusters(contexts, unknown(contexts));
        unnamed = unnamed(contexts);
        tell(ofFiles);
        unnamed.forEach(each -> LOG.warn("Left out of the inventory: {}", each));
    }

    private static void tell(List<KnownCluster> clusters) {
        LOG.info(
                "{} clusters in the inventory: {}",
                clusters.size(),
                clusters.stream().map(KnownCluster::name).toList());
    }

    @Override
    public List<KnownCluster> clusters() {
        return named().clusters();
    }

    @Override
    public List<LeftOutCluster> leftOut() {
        return Stream.of(
                        unnamed().stream(),
                        named().leftOut().stream(),
                        others.get().flatMap(source -> source.leftOut().stream()))
                .flatMap(left -> left)
                .toList();
    }

    private NamedClusters named() {
        List<List<KnownCluster>> given = Stream.concat(
                        Stream.of(ofFiles()), others.get().map(ClusterSource::clusters))
                .toList();
        NamedClusters before = named;
        if (before == null || !before.given().equals(given)) {
            before = NamedClusters.of(given);
            named = before;
        }
        return before;
    }

    private synchronized List<LeftOutCluster> unnamed() {
        return unnamed;
    }

    private synchronized List<KnownCluster> ofFiles() {
        try {
            List<KubeconfigFiles> sources = sources();
            FileTimes now = FileTimes.of(watched(sources));
            if (!now.equals(read)) {
                read = now;
                readAnew(Contexts.of(sources, contexts.byName()));
            }
        } catch (UnusableKubeconfig e) {
            LOG.warn("{} The earlier inventory stays.", e.getMessage());
        }
        return ofFiles;
    }

    private void readAnew(Contexts anew) {
        contexts = anew;
        Set<ClusterName> unknown = unknown(contexts);
        unknown.forEach(name -> LOG.warn("{} leaves the inventory: its context is in no kubeconfig any more", name));
        List<KnownCluster> now = clusters(contexts, unknown);
        if (!now.equals(ofFiles)) {
            tell(now);
        }
        ofFiles = now;
        unnamed = unnamed(contexts);
    }

    /** The kubeconfig, and each file of the folder separately: tools use the same cluster and user names in each file. */
    private List<KubeconfigFiles> sources() {
        Path folder = properties.folder();
        Stream<KubeconfigFiles> usual = folder != null && properties.kubeconfig() == null && variable() == null
                ? Stream.of()
                : KubeconfigFiles.find(properties.kubeconfig(), variable(), Path.of(System.getProperty("user.home")))
                        .stream();
        return Stream.concat(usual, folder == null ? Stream.of() : KubeconfigFiles.in(folder))
                .toList();
    }

    private static @Nullable String variable() {
        return System.getenv("KUBECONFIG");
    }

    private Stream<Path> watched(List<KubeconfigFiles> sources) {
        return sources.stream().flatMap(source -> source.files().stream());
    }

    private Contexts required(List<KubeconfigFiles> sources) {
        try {
            Contexts found = Contexts.of(sources, Map.of());
            if (found.byName().isEmpty() && !sources.isEmpty() && properties.folder() == null) {
                throw new UnusableKubeconfig("The kubeconfig %s has no contexts.".formatted(sources.get(0)));
            }
            requireKnown(found);
            return found;
        } catch (UnusableKubeconfig e) {
            throw unusable(e);
        }
    }

    private List<KubeconfigFiles> requiredSources() {
        try {
            return sources();
        } catch (UnusableKubeconfig e) {
            throw unusable(e);
        }
    }

    private static StartupFailure unusable(UnusableKubeconfig problem) {
        return new StartupFailure(
                ExitCode.KUBECONFIG,
                String.valueOf(problem.getMessage()),
                "Put it there for the user that runs Meshspan, or name another in meshspan.inventory.kubeconfig or"
                        + " KUBECONFIG. kubectl config get-contexts shows what a file has.");
    }

    /** @throws StartupFailure with every cluster whose context is in no kubeconfig */
    private void requireKnown(Contexts contexts) {
        String unknown = unknown(contexts).stream()
                .map(name -> "Cluster '%s' is configured with context '%s', which no kubeconfig has."
                        .formatted(name, context(name, properties.entry(name))))
                .collect(Collectors.joining("\n"));
        if (!unknown.isEmpty()) {
            throw new StartupFailure(
                    ExitCode.KUBECONFIG,
                    "%s Contexts found: %s".formatted(unknown, contexts.byName().keySet()),
                    "Correct meshspan.inventory.clusters.NAME.context, or add the contexts to the kubeconfig.");
        }
    }

    private Set<ClusterName> unknown(Contexts contexts) {
        return properties.named().entrySet().stream()
                .filter(entry -> !contexts.byName().containsKey(context(entry.getKey(), entry.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<KnownCluster> clusters(Contexts contexts, Set<ClusterName> without) {
        Stream<KnownCluster> found = properties.named().isEmpty()
                ? all(contexts)
                : properties.named().entrySet().stream()
                        .filter(entry -> !without.contains(entry.getKey()))
                        .map(entry -> known(entry.getKey(), entry.getValue(), contexts));
        return found.sorted(Comparator.comparing(KnownCluster::name)).toList();
    }

    /**
     * The kubeconfig of each context; for equal names the first counts.
     *
     * @param byName in the order of the files
     * @param twice those of later files that have the name of an earlier one, such as {@code default} of k3s
     * @param unread files of the folder that are no kubeconfigs
     */
    private record Contexts(
            Map<String, KubeconfigFiles> byName, List<LeftOutCluster> twice, List<LeftOutCluster> unread) {

        /** @param before what a file of the folder had, which stays while somebody writes it */
        static Contexts of(List<KubeconfigFiles> sources, Map<String, KubeconfigFiles> before) {
            Map<String, KubeconfigFiles> contexts = new LinkedHashMap<>();
            List<LeftOutCluster> twice = new ArrayList<>();
            List<LeftOutCluster> unread = new ArrayList<>();
            for (KubeconfigFiles source : sources) {
                names(source, before, unread).forEach(name -> {
                    KubeconfigFiles first = contexts.putIfAbsent(name, source);
                    if (first != null) {
                        twice.add(new LeftOutCluster(
                                name,
                                source.toString(),
                                "%s has a context of that name; rename one with kubectl config rename-context"
                                        .formatted(first)));
                    }
                });
            }
            return new Contexts(contexts, twice, unread);
        }

        private static Set<String> names(
                KubeconfigFiles source, Map<String, KubeconfigFiles> before, List<LeftOutCluster> unread) {
            try {
                return source.read().contexts();
            } catch (UnusableKubeconfig e) {
                if (!source.isOfFolder()) {
                    throw e;
                }
                LOG.warn("{} The other files of its folder count.", e.getMessage());
                unread.add(new LeftOutCluster(
                        String.valueOf(source.files().get(0).getFileName()),
                        source.toString(),
                        "it is no kubeconfig that can be read: " + e.getMessage()));
                return before.entrySet().stream()
                        .filter(context -> context.getValue().equals(source))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        }
    }

    private static String context(ClusterName name, Entry entry) {
        return entry.context() == null ? name.value() : entry.context();
    }

    private static KnownCluster known(ClusterName name, Entry entry, Contexts contexts) {
        String context = context(name, entry);
        return entry.known(
                name, context, Objects.requireNonNull(contexts.byName().get(context)));
    }

    /** Cloud tools write long names; they are turned into DNS labels. */
    private static Stream<KnownCluster> all(Contexts contexts) {
        return contexts.byName().keySet().stream()
                .flatMap(context -> DnsLabel.of(context).stream()
                        .map(label -> Entry.EMPTY.known(
                                new ClusterName(label),
                                context,
                                Objects.requireNonNull(contexts.byName().get(context)))));
    }

    private List<LeftOutCluster> unnamed(Contexts contexts) {
        return !properties.named().isEmpty()
                ? contexts.unread()
                : Stream.of(
                                contexts.unread().stream(),
                                contexts.twice().stream(),
                                contexts.byName().entrySet().stream()
                                        .filter(context ->
                                                DnsLabel.of(context.getKey()).isEmpty())
                                        .map(context -> new LeftOutCluster(
                                                context.getKey(),
                                                context.getValue().toString(),
                                                "its name has no letter and no digit of a DNS label; "
                                                        + NamedClusters.RENAME)))
                        .flatMap(left -> left)
                        .toList();
    }
}

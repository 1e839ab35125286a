package io.meshspan.inventory;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The contexts, clusters and users of one kubeconfig, or of several that count as one. For equal names the first entry
 * counts as a whole. Each entry keeps the folder at which its relative paths start
 * (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files).
 */
public final class MergedKubeconfig {

    private final Map<String, Placed<Context>> contexts = new LinkedHashMap<>();
    private final Map<String, Placed<Cluster>> clusters = new LinkedHashMap<>();
    private final Map<String, Placed<AuthInfo>> users = new LinkedHashMap<>();

    private MergedKubeconfig() {}

    /** @param folder the base of the file's relative paths */
    record Part(Config config, Path folder) {}

    private record Placed<T>(T value, Path folder) {}

    static MergedKubeconfig merge(List<Part> parts) {
        MergedKubeconfig merged = new MergedKubeconfig();
        for (Part part : parts) {
            Config config = part.config();
            add(merged.contexts, config.getContexts(), NamedContext::getName, NamedContext::getContext, part.folder());
            add(merged.clusters, config.getClusters(), NamedCluster::getName, NamedCluster::getCluster, part.folder());
            add(merged.users, config.getUsers(), NamedAuthInfo::getName, MergedKubeconfig::user, part.folder());
        }
        return merged;
    }

    /** @param named null if the file says so; kubectl writes that for an empty list */
    private static <N, T> void add(
            Map<String, Placed<T>> merged,
            @Nullable List<N> named,
            Function<N, String> name,
            Function<N, T> value,
            Path folder) {
        for (N entry : Optional.ofNullable(named).orElseGet(List::of)) {
            if (entry != null && name.apply(entry) != null && value.apply(entry) != null) {
                merged.putIfAbsent(name.apply(entry), new Placed<>(value.apply(entry), folder));
            }
        }
    }

    /** A user without fields has no credentials. */
    private static AuthInfo user(NamedAuthInfo named) {
        return Optional.ofNullable(named.getUser()).orElseGet(AuthInfo::new);
    }

    /** The names of its contexts, in order. */
    public Set<String> contexts() {
        return contexts.keySet();
    }

    /** A context that names no user has no credentials, as in kubectl. */
    private @Nullable Placed<AuthInfo> user(Placed<Context> context) {
        String name = context.value().getUser();
        return name == null || name.isEmpty() ? new Placed<>(new AuthInfo(), context.folder()) : users.get(name);
    }

    /** @return empty if the context, its cluster or its user does not exist */
    public Optional<ContextLogin> login(String context) {
        return Optional.ofNullable(contexts.get(context)).flatMap(found -> {
            Placed<Cluster> cluster = clusters.get(found.value().getCluster());
            Placed<AuthInfo> user = user(found);
            return cluster == null || user == null
                    ? Optional.empty()
                    : Optional.of(new ContextLogin(cluster.value(), cluster.folder(), user.value(), user.folder()));
        });
    }
}

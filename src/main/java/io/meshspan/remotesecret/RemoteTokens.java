package io.meshspan.remotesecret;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.TokenExpiration;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What the remote secrets of a mesh tell about the ends of their tokens. No token leaves this class. */
@Component
public final class RemoteTokens {

    private final Clusters clusters;
    private final RemoteSecrets remoteSecrets;

    RemoteTokens(Clusters clusters, RemoteSecrets remoteSecrets) {
        this.clusters = clusters;
        this.remoteSecrets = remoteSecrets;
    }

    /** For how long the tokens are valid with which this cluster reads others, by the cluster that is read; without those that do not end. */
    public SortedMap<ClusterName, TokenLifetime> lifetimes(Mesh mesh, Cluster reader) {
        SortedMap<ClusterName, TokenLifetime> lifetimes = new TreeMap<>();
        remoteSecrets
                .targetsOf(mesh, reader.name())
                .forEach(target -> reader.live(RemoteSecrets.object(mesh.member(target)))
                        .flatMap(secret ->
                                RemoteKubeconfig.token(mesh.member(target).istioName(), secret))
                        .flatMap(BoundToken::read)
                        .ifPresent(token -> lifetimes.put(target, token.lifetime())));
        return lifetimes;
    }

    /**
     * How long the tokens in the remote secrets of these clusters are valid, in words; empty if they never expire. The API server
     * decides, whatever was asked for.
     */
    public SortedMap<ClusterName, String> validity(Mesh mesh, Collection<ClusterName> targets) {
        SortedMap<ClusterName, String> words = new TreeMap<>();
        mesh.boundTokens()
                .ifPresent(asked -> clusters.inEach(mesh.primaryClusters(), reader -> lifetimes(mesh, reader))
                        .forEach((reader, lifetimes) -> lifetimes.forEach((target, lifetime) -> {
                            if (targets.contains(target)) {
                                words.merge(target, inWords(reader, lifetime, asked), "%s; %s"::formatted);
                            }
                        })));
        return words;
    }

    private static String inWords(ClusterName reader, TokenLifetime lifetime, TokenExpiration asked) {
        Duration given = lifetime.duration();
        boolean same = given.minus(asked.duration()).abs().compareTo(Duration.ofMinutes(1)) < 0;
        return "%s reads it until %s%s"
                .formatted(
                        reader,
                        lifetime.ends(),
                        same
                                ? ""
                                : ", since its API server gives tokens %d minutes where %s was asked for"
                                        .formatted(given.toMinutes(), asked));
    }
}

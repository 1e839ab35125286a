package io.meshspan.remotesecret;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Access;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.TokenExpiration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Gives each control plane read access to the API servers that it must watch. */
@Component
public final class RemoteSecrets {

    private final Clusters clusters;

    RemoteSecrets(Clusters clusters) {
        this.clusters = clusters;
    }

    /** Addresses that must not be in a remote secret. */
    public List<Finding> check(Mesh mesh) {
        return mesh.clusters().stream()
                .filter(target -> !mesh.readersOf(target).isEmpty())
                .map(clusters::get)
                .map(ReachableAddress::problem)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What this service needs in a cluster that others read, besides its rights to Secrets. */
    public static Stream<Access> permissions(Mesh mesh) {
        return mesh.boundTokens().stream()
                .map(bound -> new Access(
                        "create", "", "serviceaccounts/token", RemoteSecret.NAMESPACE, ReaderToken.SERVICE_ACCOUNT));
    }

    /** The object with which a cluster lets others read it; the cluster fills in its token. */
    public HasMetadata readerToken(Mesh mesh, ClusterName target) {
        ApplySet set = new ApplySet(mesh.id());
        return set.member(ReaderToken.desired(current(mesh, clusters.get(target))));
    }

    private static String current(Mesh mesh, Cluster target) {
        return ReaderToken.current(
                target, new ApplySet(mesh.id()), mesh.boundTokens().isPresent());
    }

    /** The object of that name with a token of the readers. */
    public static Secret readerToken(Mesh mesh, String name) {
        return new ApplySet(mesh.id()).member(ReaderToken.desired(name));
    }

    /** Which Secrets a rotation of a cluster's reader token would create and delete. */
    public TokenSecrets rotated(Mesh mesh, ClusterName target) {
        return ReaderToken.rotated(
                clusters.get(target),
                new ApplySet(mesh.id()),
                mesh.boundTokens().isPresent());
    }

    /** Whether this is the name of a Secret with a token of the readers. */
    public static boolean isReaderToken(ObjectRef object) {
        return object.kind().equals("Secret")
                && RemoteSecret.NAMESPACE.equals(object.namespace())
                && ReaderToken.isName(object.name());
    }

    /** The remote secret of one cluster, as each of its readers gets it. A reader that has a good token keeps it. */
    @FunctionalInterface
    public interface Offer {

        Secret to(Cluster reader);
    }

    /**
     * The remote secret of a cluster with tokens of the Secret of that name; empty while the cluster has not filled in that one. Bound
     * tokens are requested when the first reader needs one.
     */
    public Optional<Offer> offer(Mesh mesh, ClusterName target, String name) {
        Cluster cluster = clusters.get(target);
        return mesh.boundTokens().isPresent()
                ? cluster.find(Secret.class, RemoteSecret.NAMESPACE, name)
                        .map(binding ->
                                bound(mesh, cluster, binding, mesh.boundTokens().get()))
                : present(mesh, target, name).map(secret -> reader -> secret);
    }

    /** The remote secret of a cluster with the long-lived token in the Secret of that name; empty while that has none. */
    public Optional<Secret> present(Mesh mesh, ClusterName target, String name) {
        Cluster cluster = clusters.get(target);
        return ReaderToken.present(cluster, name).map(token -> desired(mesh, cluster, token));
    }

    private static Offer bound(Mesh mesh, Cluster target, Secret binding, TokenExpiration expiration) {
        Supplier<Secret> fresh =
                SingletonSupplier.of(() -> desired(mesh, target, ReaderToken.requested(target, binding, expiration)));
        return reader -> held(mesh, target, binding, reader).orElseGet(fresh);
    }

    /**
     * The remote secret of a cluster with the bound token that a reader has; empty if that has none, if it has ended, or if it is not bound
     * to the Secret of that name. Contains a credential: use it only to compare with the existing secret.
     */
    public Optional<Secret> held(Mesh mesh, ClusterName target, String name, ClusterName reader) {
        Cluster cluster = clusters.get(target);
        return cluster.find(Secret.class, RemoteSecret.NAMESPACE, name)
                .flatMap(binding -> held(mesh, cluster, binding, clusters.get(reader)));
    }

    private static Optional<Secret> held(Mesh mesh, Cluster target, Secret binding, Cluster reader) {
        Member member = mesh.member(target.name());
        return reader.live(object(member))
                .flatMap(there -> BoundToken.held(member, there, binding))
                .flatMap(token -> ReaderToken.held(target, token))
                .map(token -> desired(mesh, target, token));
    }

    /** Whether the API server of a cluster accepts the token in this remote secret; empty if the secret has none. */
    public Optional<Boolean> isAlive(Mesh mesh, ClusterName target, GenericKubernetesResource remoteSecret) {
        return RemoteKubeconfig.token(mesh.member(target).istioName(), remoteSecret)
                .map(clusters.get(target)::authenticates);
    }

    /** The API servers that the istiod of a cluster reads, by the names of the clusters in Istio. No token leaves this method. */
    public static Map<String, String> servers(Cluster reader) {
        Map<String, String> servers = new TreeMap<>();
        reader.list(Secret.class, RemoteSecret.NAMESPACE, Map.of("istio/multiCluster", "true")).stream()
                .map(Secret::getData)
                .filter(Objects::nonNull)
                .forEach(data -> servers.putAll(RemoteKubeconfig.servers(data)));
        return servers;
    }

    /** The object with which a reader reads this cluster. */
    public static ObjectRef object(Member target) {
        return new ObjectRef("v1", "Secret", RemoteSecret.NAMESPACE, target.remoteSecret());
    }

    /** The clusters that this one reads: it has a remote secret for each. */
    public List<ClusterName> targetsOf(Mesh mesh, ClusterName reader) {
        return mesh.clusters().stream()
                .filter(target -> mesh.readersOf(target).contains(reader))
                .toList();
    }

    /** The remote secret of one cluster as a reader has it, or would get it; empty if its token does not exist yet. */
    @FunctionalInterface
    public interface Known {

        Optional<Secret> by(ClusterName reader);
    }

    /** The current remote secrets of each watched cluster. They contain credentials: use them only to compare with the existing ones. */
    public SortedMap<ClusterName, Known> known(Mesh mesh) {
        return clusters.inEach(watched(mesh), target -> known(mesh, target));
    }

    private Known known(Mesh mesh, Cluster target) {
        String name = current(mesh, target);
        if (mesh.boundTokens().isEmpty()) {
            Optional<Secret> secret = ReaderToken.present(target, name).map(token -> desired(mesh, target, token));
            return reader -> secret;
        }
        Optional<Secret> binding = target.find(Secret.class, RemoteSecret.NAMESPACE, name);
        return reader -> binding.flatMap(there -> held(mesh, target, there, clusters.get(reader)));
    }

    /** The remote secret of a cluster without its token: everything that is known before the token exists. */
    public Secret withoutToken(Mesh mesh, ClusterName target) {
        return desired(
                mesh,
                clusters.get(target),
                ReaderToken.later(),
                mesh.boundTokens().map("at most %s after it is issued"::formatted));
    }

    private static Secret desired(Mesh mesh, Cluster target, ReaderToken token) {
        return desired(
                mesh,
                target,
                token,
                mesh.boundTokens().flatMap(bound -> token.ends()).map(Instant::toString));
    }

    private static Secret desired(Mesh mesh, Cluster target, ReaderToken token, Optional<String> ends) {
        Member member = mesh.member(target.name());
        String kubeconfig =
                RemoteKubeconfig.encoded(member.istioName(), target.apiServer(), target.tlsServerName(), token);
        return new ApplySet(mesh.id()).member(RemoteSecret.desired(member, kubeconfig, ends));
    }

    private static List<ClusterName> watched(Mesh mesh) {
        return mesh.clusters().stream()
                .filter(target -> !mesh.readersOf(target).isEmpty())
                .toList();
    }

    /**
     * Reads each cluster's token once and gives it to every control plane that watches the cluster. A cluster that no other
     * watches, such as the only primary, gets no token.
     *
     * @throws StepFailed ADDRESS_UNUSABLE, before anything is written, if an address does not work for other clusters
     */
    public List<AppliedObject> exchange(Mesh mesh) {
        List<Finding> problems = check(mesh);
        if (!problems.isEmpty()) {
            throw new StepFailed(FailureCode.ADDRESS_UNUSABLE, problems);
        }
        SortedMap<ClusterName, Issued> issued = clusters.inEach(watched(mesh), target -> issue(mesh, target));
        List<ClusterName> readers = mesh.primaryClusters();
        Stream<AppliedObject> tokens = issued.values().stream().map(Issued::token);
        Stream<AppliedObject> held =
                clusters.inEach(readers, reader -> applyRemoteSecrets(mesh, reader, issued)).values().stream()
                        .flatMap(List::stream);
        return Stream.concat(tokens, held).toList();
    }

    /**
     * The objects of a cluster for its readers.
     *
     * @param token the result for the Secret that contains the token, or to which tokens are bound
     */
    private record Issued(AppliedObject token, Offer remoteSecret) {}

    private static Issued issue(Mesh mesh, Cluster target) {
        ApplySet set = new ApplySet(mesh.id());
        if (mesh.boundTokens().isPresent()) {
            String name = current(mesh, target);
            AppliedObject applied = target.apply(set.member(ReaderToken.desired(name)));
            Secret binding = target.find(Secret.class, RemoteSecret.NAMESPACE, name)
                    .orElseThrow(() -> new TransientException("%s: Secret %s/%s is not there yet"
                            .formatted(target.name(), RemoteSecret.NAMESPACE, name)));
            return new Issued(
                    applied, bound(mesh, target, binding, mesh.boundTokens().get()));
        }
        List<AppliedObject> applied = new ArrayList<>();
        Secret secret = desired(mesh, target, ReaderToken.issued(target, set, applied::add));
        return new Issued(applied.get(0), reader -> secret);
    }

    private List<AppliedObject> applyRemoteSecrets(Mesh mesh, Cluster reader, Map<ClusterName, Issued> issued) {
        return targetsOf(mesh, reader.name()).stream()
                .map(issued::get)
                .map(Objects::requireNonNull)
                .map(target -> reader.apply(target.remoteSecret().to(reader)))
                .toList();
    }
}

package io.meshspan.remotesecret;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

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

    /** The object with which a cluster lets others read it; the cluster fills in its token. */
    public HasMetadata readerToken(Mesh mesh, ClusterName target) {
        ApplySet set = new ApplySet(mesh.id());
        return set.member(ReaderToken.desired(ReaderToken.current(clusters.get(target), set)));
    }

    /** The object of that name with a token of the readers. */
    public static Secret readerToken(Mesh mesh, String name) {
        return new ApplySet(mesh.id()).member(ReaderToken.desired(name));
    }

    /** Which Secrets a rotation of a cluster's reader token would create and delete. */
    public TokenNames rotated(Mesh mesh, ClusterName target) {
        return ReaderToken.rotated(clusters.get(target), new ApplySet(mesh.id()));
    }

    /** Whether this is the name of a Secret with a token of the readers. */
    public static boolean isReaderToken(ObjectRef object) {
        return object.kind().equals("Secret")
                && RemoteSecret.NAMESPACE.equals(object.namespace())
                && ReaderToken.isName(object.name());
    }

    /** The remote secret of a cluster with the token in the Secret of that name; empty while that has none. */
    public Optional<Secret> with(Mesh mesh, ClusterName target, String name) {
        Cluster cluster = clusters.get(target);
        return ReaderToken.present(cluster, name).map(token -> desired(mesh, cluster, token));
    }

    /** Whether the API server of a cluster accepts the token in this remote secret; empty if the secret has none. */
    public Optional<Boolean> isAlive(Mesh mesh, ClusterName target, GenericKubernetesResource remoteSecret) {
        return RemoteKubeconfig.token(mesh.member(target).istioName(), remoteSecret)
                .map(clusters.get(target)::authenticates);
    }

    /** When the tokens end with which this cluster reads others, by the cluster that is read; without those that do not end. */
    public SortedMap<ClusterName, Instant> ends(Mesh mesh, Cluster reader) {
        SortedMap<ClusterName, Instant> ends = new TreeMap<>();
        targetsOf(mesh, reader.name())
                .forEach(target -> reader.live(object(mesh.member(target)))
                        .flatMap(secret ->
                                RemoteKubeconfig.token(mesh.member(target).istioName(), secret))
                        .flatMap(RemoteKubeconfig::end)
                        .ifPresent(end -> ends.put(target, end)));
        return ends;
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

    /**
     * The current remote secret of each watched cluster; empty if the cluster has no token yet. Contains credentials: use it
     * only to compare with the existing secret.
     */
    public SortedMap<ClusterName, Optional<Secret>> known(Mesh mesh) {
        ApplySet set = new ApplySet(mesh.id());
        return clusters.inEach(
                watched(mesh),
                target -> ReaderToken.present(target, ReaderToken.current(target, set))
                        .map(token -> desired(mesh, target, token)));
    }

    /** The remote secret of a cluster without its token: everything that is known before the token exists. */
    public Secret form(Mesh mesh, ClusterName target) {
        return desired(mesh, clusters.get(target), ReaderToken.later());
    }

    private static Secret desired(Mesh mesh, Cluster target, ReaderToken token) {
        Member member = mesh.member(target.name());
        String kubeconfig =
                RemoteKubeconfig.encoded(member.istioName(), target.apiServer(), target.tlsServerName(), token);
        return new ApplySet(mesh.id()).member(RemoteSecret.desired(member, kubeconfig));
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
        List<ClusterName> readers =
                mesh.primaries().stream().map(Member::cluster).toList();
        Stream<AppliedObject> tokens = issued.values().stream().map(Issued::token);
        Stream<AppliedObject> held = clusters.inEach(readers, reader -> hold(mesh, reader, issued)).values().stream()
                .flatMap(List::stream);
        return Stream.concat(tokens, held).toList();
    }

    /**
     * The objects of a cluster for its readers.
     *
     * @param token the result for the Secret that contains the token
     */
    private record Issued(AppliedObject token, Secret remoteSecret) {}

    private static Issued issue(Mesh mesh, Cluster target) {
        List<AppliedObject> applied = new ArrayList<>();
        ReaderToken token = ReaderToken.issued(target, new ApplySet(mesh.id()), applied::add);
        return new Issued(applied.get(0), desired(mesh, target, token));
    }

    private List<AppliedObject> hold(Mesh mesh, Cluster reader, Map<ClusterName, Issued> issued) {
        return targetsOf(mesh, reader.name()).stream()
                .map(issued::get)
                .map(Objects::requireNonNull)
                .map(target -> reader.apply(target.remoteSecret()))
                .toList();
    }
}

package io.meshspan.rotation;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.RotatedCredential;
import io.meshspan.controlplane.IstiodRestart;
import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.finding.Finding;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.remotesecret.RemoteSecrets.Offer;
import io.meshspan.remotesecret.TokenSecrets;
import io.meshspan.rollback.StateBefore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Replaces the tokens with which control planes read other clusters: creates a second token Secret, updates the remote
 * secrets, and deletes the first Secret. The approved plan names these Secrets. Each step can run twice.
 */
@Component
public final class TokenRotation {

    private final Clusters clusters;
    private final RemoteSecrets remoteSecrets;
    private final ApprovedPlans approved;
    private final StateBefore before;
    private final IstiodRestart istiods;
    private final TokenRenewalProperties renewal;

    TokenRotation(
            Clusters clusters,
            RemoteSecrets remoteSecrets,
            ApprovedPlans approved,
            StateBefore before,
            IstiodRestart istiods,
            TokenRenewalProperties renewal) {
        this.renewal = renewal;
        this.istiods = istiods;
        this.clusters = clusters;
        this.remoteSecrets = remoteSecrets;
        this.approved = approved;
        this.before = before;
    }

    /** What prevents the rotation. Changes nothing. */
    public List<Finding> check(Mesh mesh, Rotate kind) {
        List<Finding> findings = new ArrayList<>(remoteSecrets.check(mesh));
        renewal.check(mesh).ifPresent(findings::add);
        kind.clusters().stream()
                .filter(target -> mesh.readersOf(target).isEmpty())
                .map(target -> Finding.note(
                        target.value(),
                        "remote token",
                        "a control plane of another cluster that reads this one",
                        "none",
                        "Nothing to do: nothing of it is rotated."))
                .forEach(findings::add);
        return findings;
    }

    public List<AppliedObject> createTokens(String change, Mesh mesh) {
        return List.copyOf(inRotated(
                        change,
                        mesh,
                        (cluster, tokens) -> cluster.apply(RemoteSecrets.readerToken(mesh, tokens.fresh())))
                .values());
    }

    /** The clusters whose token controller has not filled in the new token yet. A bound token is requested at the swap. */
    public List<ClusterName> unfilled(String change, Mesh mesh) {
        return inRotated(change, mesh, (cluster, tokens) -> remoteSecrets.offer(mesh, cluster.name(), tokens.fresh()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Writes the new tokens into the remote secrets. An istiod that would lose endpoints by that is stopped meanwhile. */
    public List<AppliedObject> swap(String change, Mesh mesh) {
        SortedMap<ClusterName, Offer> secrets = inRotated(
                change,
                mesh,
                (cluster, tokens) -> remoteSecrets
                        .offer(mesh, cluster.name(), tokens.fresh())
                        .orElseThrow(() -> new TransientException(
                                "%s: the new token is not filled in yet".formatted(cluster.name()))));
        List<ClusterName> readers = mesh.readersOf(secrets.keySet());
        boolean stops = IstioRelease.losesEndpointsOfReplacedSecrets(mesh.version());
        return Clusters.joined(clusters.inEachForLong(
                mesh.primaryClusters(),
                reader -> stops && readers.contains(reader.name())
                        ? istiods.whileStopped(reader, mesh, change, () -> swap(mesh, reader, secrets))
                        : swap(mesh, reader, secrets)));
    }

    private List<AppliedObject> swap(Mesh mesh, Cluster reader, SortedMap<ClusterName, Offer> secrets) {
        return remoteSecrets.targetsOf(mesh, reader.name()).stream()
                .flatMap(target -> Stream.ofNullable(secrets.get(target)))
                .map(offer -> reader.apply(offer.to(reader)))
                .toList();
    }

    /** Restarts istiods that may have lost endpoints, in changes of earlier releases: these did not stop them for the swap. */
    public List<AppliedObject> restartIstiod(String change, Mesh mesh) {
        return IstioRelease.losesEndpointsOfReplacedSecrets(mesh.version())
                ? istiods.restart(mesh, mesh.readersOf(rotated(change, mesh).keySet()), change)
                : List.of();
    }

    /**
     * Begins a roll back: restores the old remote secrets where an istiod must be stopped for that, as it was for the swap. The
     * others are restored with all other objects. Does nothing if no secret was replaced, or if all are restored.
     */
    public List<AppliedObject> restoreRemoteSecrets(String change, ChangeKind kind) {
        if (!rotatesTokens(kind)) {
            return List.of();
        }
        Mesh mesh = approved.mesh(change);
        return IstioRelease.losesEndpointsOfReplacedSecrets(mesh.version())
                ? Clusters.joined(clusters.inEachForLong(
                        mesh.primaryClusters(), reader -> restoreRemoteSecrets(change, mesh, reader)))
                : List.of();
    }

    private List<AppliedObject> restoreRemoteSecrets(String change, Mesh mesh, Cluster reader) {
        Set<ObjectRef> secrets = remoteSecrets.targetsOf(mesh, reader.name()).stream()
                .map(target -> RemoteSecrets.object(mesh.member(target)))
                .collect(Collectors.toSet());
        List<GenericKubernetesResource> old = before.all(change, reader).stream()
                .filter(kept -> secrets.contains(ObjectRef.of(kept)))
                .toList();
        return old.stream().allMatch(kept -> isRestored(reader, kept))
                ? List.of()
                : istiods.whileStopped(reader, mesh, () -> {
                    List<AppliedObject> restored =
                            new ArrayList<>(old.stream().map(reader::restore).toList());
                    before.restore(change, reader, IstiodRestart.deployment(mesh))
                            .ifPresent(restored::add);
                    return restored;
                });
    }

    private static boolean isRestored(Cluster reader, GenericKubernetesResource old) {
        return reader.live(ObjectRef.of(old))
                .map(GenericKubernetesResource::getAdditionalProperties)
                .filter(live -> Objects.equals(
                        live.get("data"), old.getAdditionalProperties().get("data")))
                .isPresent();
    }

    /** Ends a roll back, after the old remote secrets are restored: nothing uses the new tokens any more. */
    public List<AppliedObject> deleteNewTokens(String change, ChangeKind kind) {
        if (!rotatesTokens(kind)) {
            return List.of();
        }
        Mesh mesh = approved.mesh(change);
        return List.copyOf(inRotated(
                        change,
                        mesh,
                        (cluster, tokens) -> cluster.delete(RemoteSecrets.readerToken(mesh, tokens.fresh())))
                .values());
    }

    private static boolean rotatesTokens(ChangeKind kind) {
        return kind instanceof Rotate rotate && rotate.credential() == RotatedCredential.REMOTE_TOKENS;
    }

    public List<AppliedObject> deleteOldTokens(String change, Mesh mesh) {
        return Clusters.joined(inRotated(
                change,
                mesh,
                (cluster, tokens) -> tokens.old().stream()
                        .map(name -> cluster.delete(RemoteSecrets.readerToken(mesh, name)))
                        .toList()));
    }

    /**
     * Whether API servers still accept the replaced tokens, by cluster, without clusters that had none. Reads the
     * tokens from the backup for a roll back.
     */
    public SortedMap<ClusterName, Boolean> accepted(String change, Mesh mesh) {
        SortedMap<ClusterName, Boolean> accepted = new TreeMap<>();
        rotated(change, mesh)
                .keySet()
                .forEach(target -> mesh.readersOf(target).stream()
                        .flatMap(reader -> acceptsReplaced(change, mesh, reader, target).stream())
                        .forEach(alive -> accepted.merge(target, alive, Boolean::logicalOr)));
        return accepted;
    }

    private Optional<Boolean> acceptsReplaced(String change, Mesh mesh, ClusterName reader, ClusterName target) {
        Optional<GenericKubernetesResource> secret =
                before.before(change, clusters.get(reader), RemoteSecrets.object(mesh.member(target)));
        return secret.flatMap(held -> remoteSecrets.isAlive(mesh, target, held));
    }

    /** The clusters whose token is rotated, each with its Secrets. */
    public SortedMap<ClusterName, TokenSecrets> rotated(String change, Mesh mesh) {
        SortedMap<ClusterName, TokenSecrets> rotated = new TreeMap<>();
        mesh.clusters()
                .forEach(target -> approved.tokens(change, target).ifPresent(secrets -> rotated.put(target, secrets)));
        return rotated;
    }

    private <R> SortedMap<ClusterName, R> inRotated(
            String change, Mesh mesh, BiFunction<Cluster, TokenSecrets, R> step) {
        SortedMap<ClusterName, TokenSecrets> rotated = rotated(change, mesh);
        return clusters.inEach(
                rotated.keySet(), cluster -> step.apply(cluster, Objects.requireNonNull(rotated.get(cluster.name()))));
    }
}

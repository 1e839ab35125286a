package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.login.ProxyTunnel;
import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One cluster as the features use it ({@code Fabric8Cluster}). Every call throws
 * {@link io.meshspan.finding.TransientException} for a fault that a retry may solve (no connection, 409, 429, 5xx) and
 * {@link io.meshspan.finding.StepFailed} for one that a person must decide on (401, 403, 422). No message has a credential.
 */
public interface Cluster {

    /** The field manager of what Meshspan applies. Those of its other writes begin with it and a hyphen. */
    String FIELD_MANAGER = "meshspan";

    ClusterName name();

    /** The unique identity of this cluster, independent of its name here: the UID of its namespace kube-system. */
    default String uid() {
        return find(Namespace.class, null, "kube-system")
                .map(namespace -> namespace.getMetadata().getUid())
                .orElse("");
    }

    /** The address for other clusters from the inventory; otherwise the address that this service uses. */
    String apiServer();

    /** Whether the inventory sets the address; then even a loopback address is intended. */
    boolean apiServerNamed();

    /** The name in the certificate at {@link #apiServer}, if it is not the address's host. */
    default Optional<String> tlsServerName() {
        return Optional.empty();
    }

    /** The proxy through which this service reaches {@link #apiServer}. */
    default Optional<ProxyTunnel> proxy() {
        return Optional.empty();
    }

    /**
     * The time since this process sent the last write with an unknown result: it got no answer, or an unclear one. Empty if
     * there is none. The API server may still execute such a write.
     */
    default Optional<Duration> unansweredWrite() {
        return Optional.empty();
    }

    /**
     * Asks for the version, for at most four seconds: does the API server answer, does it accept our login, and what is its
     * time?
     */
    ServerVersion serverVersion();

    /** The permissions among these that this service does not have. */
    List<Access> denied(Collection<Access> wanted);

    /** Reads, compares, and applies server-side as field manager {@code meshspan}. Writes only differences. */
    AppliedObject apply(HasMetadata desired);

    /**
     * Writes the whole object. Creates it if it has no resourceVersion; otherwise replaces the version that was read.
     *
     * @return false if somebody else wrote it first
     */
    boolean replace(HasMetadata object);

    /** Like {@link #apply}, in parallel, for objects that do not depend on each other. The results keep their order. */
    default List<AppliedObject> applyAll(List<? extends HasMetadata> desired) {
        return desired.stream().map(this::apply).toList();
    }

    /** What {@link #apply} would do, computed by a server-side dry run. Changes nothing. */
    DryRunResult preview(HasMetadata desired);

    /** Whether the cluster's admission would accept this pod, checked by a dry run. Changes nothing. */
    Admission admission(Pod pod);

    /** Deletes what was only created for dry runs. Later dry runs still work. */
    default void endDryRuns() {}

    /**
     * The states of these objects, as opaque names. While the name stays the same, {@link #preview} of the same object gives
     * the same result. An object that does not exist has no state. Costs one small request for each kind.
     */
    Map<ObjectRef, String> states(Collection<ObjectRef> objects);

    /** The metadata of those of these objects that exist. Costs one small request for each kind. */
    Map<ObjectRef, ObjectMeta> metadata(Collection<ObjectRef> objects);

    /**
     * Changes single fields of an object of others, if they differ: PATCHED or UNCHANGED.
     *
     * @param fields as a JSON merge patch; null removes a field
     */
    AppliedObject merge(ObjectRef object, Map<String, ?> fields);

    /** Whether the API server serves a kind. For a kind of a CRD, this is true once the CRD is established. */
    boolean serves(String apiVersion, String kind);

    /** Deletes the object if it exists: DELETED or UNCHANGED. */
    AppliedObject delete(HasMetadata reference);

    /**
     * Restarts the pods of a Deployment as {@code kubectl rollout restart} does.
     *
     * @param mark says which restart this is: PATCHED if the pods do not bear it yet, otherwise UNCHANGED
     */
    AppliedObject restart(ObjectRef deployment, String mark);

    /** What {@link #restart} would do. Changes nothing. */
    DryRunResult previewRestart(ObjectRef deployment, String mark);

    /** Whether the API server takes this token for that of somebody it knows. No message and no log has the token. */
    boolean authenticates(String token);

    /**
     * A new token of a service account (TokenRequest), for the API server itself. No message and no log has it. The API server may
     * give it less time than asked for; its claims say when it ends.
     *
     * @param binding an existing Secret of the namespace; the token is invalid once it is gone
     */
    String requestToken(String namespace, String serviceAccount, HasMetadata binding, Duration expiration);

    /** @param namespace null for cluster-scoped objects */
    <T extends HasMetadata> Optional<T> find(Class<T> type, @Nullable String namespace, String name);

    /** @param namespace null for cluster-scoped objects, or for all namespaces */
    <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace, Map<String, String> labels);

    /** The full object, of any kind; empty if it does not exist or the cluster does not serve its kind. */
    Optional<GenericKubernetesResource> live(ObjectRef object);

    /**
     * Restores an object to the state that {@link #live} read: its content and its field owners. Fields that only the API
     * server and controllers count (status, generation, versions) keep their current values.
     */
    AppliedObject restore(GenericKubernetesResource before);

    /** Objects of a kind with these labels in all namespaces, with metadata only; empty if the kind is not served. */
    List<FoundObject> found(String apiVersion, String kind, Map<String, String> labels);

    /** All objects of a namespace, of any kind, with metadata only. */
    List<FoundObject> contents(String namespace);

    /**
     * Completes as soon as the object exists and meets the condition: checks the current state first, then watches. Cancel
     * the future to stop watching.
     */
    <T extends HasMetadata> CompletableFuture<T> when(
            Class<T> type, @Nullable String namespace, String name, Predicate<T> condition);

    /** Combines several waits: met when all are met, failed when one fails. Cancelling it cancels all. */
    static CompletableFuture<?> allMet(List<? extends CompletableFuture<?>> conditions) {
        CompletableFuture<Void> all = CompletableFuture.allOf(conditions.toArray(CompletableFuture<?>[]::new));
        conditions.forEach(condition -> {
            var unused = condition.whenComplete((met, problem) -> {
                if (problem != null) {
                    all.completeExceptionally(problem);
                }
            });
        });
        var unused = all.whenComplete((done, problem) -> conditions.forEach(condition -> condition.cancel(true)));
        return all;
    }

    /** Runs a command in a container and waits until it ends, up to the limit. */
    ExecResult exec(String namespace, String pod, String container, Duration limit, String... command);

    /** GETs a path from a port of a pod through a port-forward; the body of a 200 answer. */
    String get(String namespace, String pod, int port, String path);

    /**
     * The answer of an API server to {@code GET /version}.
     *
     * @param version of Kubernetes, for example {@code v1.35.4}
     * @param date its clock, to the second; empty if a proxy removed the header
     * @param asked this service's clock at the request
     * @param answered this service's clock at the answer
     */
    record ServerVersion(String version, Optional<Instant> date, Instant asked, Instant answered) {}

    /** The result of a command in a container. */
    record ExecResult(int exitCode, String stdout, String stderr) {}
}

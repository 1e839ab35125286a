package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
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
 * One cluster as the features use it ({@code Fabric8Cluster}). Every call throws {@link io.meshspan.finding.TransientException} for a fault that may
 * pass (no connection, 409, 429, 5xx) and {@link io.meshspan.finding.StepFailed} for one that a person must weigh
 * (401, 403, 422); no message of either carries a credential.
 */
public interface Cluster {

    ClusterName name();

    /** What tells this cluster from every other, whatever its name here: the UID of its namespace kube-system. */
    default String uid() {
        return find(Namespace.class, null, "kube-system")
                .map(namespace -> namespace.getMetadata().getUid())
                .orElse("");
    }

    /** The address that the inventory gives for other clusters' use, or else the one that this service uses. */
    String apiServer();

    /** Whether the inventory names the address, so that even a loopback one is meant. */
    boolean apiServerNamed();

    /** The name that the certificate at {@link #apiServer} carries, where it is not the address's. */
    default Optional<String> tlsServerName() {
        return Optional.empty();
    }

    /** The proxy through which this service reaches {@link #apiServer}. */
    default Optional<ProxyTunnel> proxy() {
        return Optional.empty();
    }

    /**
     * How long ago the last of those writes was sent of which nobody knows what became: no answer came, or one that does
     * not say it. Empty if this process sent none. The API server may still carry it out.
     */
    default Optional<Duration> unansweredWrite() {
        return Optional.empty();
    }

    /** Asks for its version, for at most four seconds: is it there, does it let us in, and what time is it there? */
    ServerVersion greet();

    /** What of this the API server would not let this service do. */
    List<Access> denied(Collection<Access> wanted);

    /** Observes, compares, and applies server-side as field manager {@code meshspan}; writes only what differs. */
    AppliedObject apply(HasMetadata desired);

    /**
     * Writes the whole object: creates one that carries no resourceVersion, else puts it in the place of the version
     * that was read.
     *
     * @return false if somebody else wrote it first
     */
    boolean replace(HasMetadata object);

    /** As {@link #apply}, for objects that do not need each other: side by side, told in their order. */
    default List<AppliedObject> applyAll(List<? extends HasMetadata> desired) {
        return desired.stream().map(this::apply).toList();
    }

    /** What {@link #apply} would do, found by a server-side dry run; changes nothing. */
    DryRunResult preview(HasMetadata desired);

    /** Whether the cluster's admission would let this pod in, found by a dry run; changes nothing. */
    Admission admission(Pod pod);

    /** Takes away what was made in the cluster for dry runs alone; they can go on afterwards. */
    default void endDryRuns() {}

    /**
     * In which state these objects are, as opaque names: as long as the name is the same, {@link #preview} of the same object
     * would say the same. An object that is not there has none. Costs one small answer for each kind.
     */
    Map<ObjectRef, String> states(Collection<ObjectRef> objects);

    /** Whether the API server serves a kind, as it does once the kind's CRD is established. */
    boolean serves(String apiVersion, String kind);

    /** Deletes the object if it is there: DELETED or UNCHANGED. */
    AppliedObject delete(HasMetadata reference);

    /** @param namespace null for cluster-scoped objects */
    <T extends HasMetadata> Optional<T> find(Class<T> type, @Nullable String namespace, String name);

    /** @param namespace null for cluster-scoped objects, or for all namespaces */
    <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace, Map<String, String> labels);

    /** An object of whatever kind, in full; empty if it is not there or the cluster does not serve its kind. */
    Optional<GenericKubernetesResource> live(ObjectRef object);

    /**
     * Makes an object again what it was when it was read by {@link #live}: its content and whose its fields are. What only
     * the API server and controllers count (status, generation, versions) stays theirs.
     */
    AppliedObject restore(GenericKubernetesResource before);

    /** Objects of a kind with these labels, in all namespaces, by their metadata; none where the kind is not served. */
    List<FoundObject> found(String apiVersion, String kind, Map<String, String> labels);

    /** Everything that is in a namespace, of whatever kind, by its metadata. */
    List<FoundObject> contents(String namespace);

    /**
     * Completes as soon as the object exists and satisfies the condition: looks at the present state first, then
     * watches. Cancel the future to stop watching.
     */
    <T extends HasMetadata> CompletableFuture<T> when(
            Class<T> type, @Nullable String namespace, String name, Predicate<T> condition);

    /** Several waits as one: met when all are, failed when one is, and given up together. */
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

    /** Runs a command in a container and waits for its end, at most for the limit. */
    ExecResult exec(String namespace, String pod, String container, Duration limit, String... command);

    /** GETs a path from a port of a pod through a port-forward; the body of a 200 answer. */
    String get(String namespace, String pod, int port, String path);

    /**
     * How an API server answers the first question.
     *
     * @param version of Kubernetes, as it writes it: {@code v1.35.4}
     * @param date its clock, to the second; empty where a proxy left the header out
     * @param asked this service's clock when it asked
     * @param answered this service's clock when the answer came
     */
    record ServerVersion(String version, Optional<Instant> date, Instant asked, Instant answered) {}

    /** What a command inside a container came to. */
    record ExecResult(int exitCode, String stdout, String stderr) {}
}

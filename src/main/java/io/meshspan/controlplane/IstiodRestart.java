package io.meshspan.controlplane;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.BoundedPoll;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Restarts the istiods of a mesh's revision, or stops them for a moment. */
@Component
public final class IstiodRestart {

    private static final String REPLICAS = "meshspan.io/replicas-before-stop";

    /** Kubernetes gives a pod half a minute by default; istiod takes ten seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Clusters clusters;

    IstiodRestart(Clusters clusters) {
        this.clusters = clusters;
    }

    /** @param mark a restart with the same mark is not repeated */
    public List<AppliedObject> restart(Mesh mesh, Collection<ClusterName> primaries, String mark) {
        ObjectRef istiod = deployment(mesh);
        return List.copyOf(clusters.inEach(primaries, primary -> primary.restart(istiod, mark))
                .values());
    }

    /**
     * Stops the istiods of a primary, writes, and starts them again: a running istiod would lose endpoints by these writes.
     * Meanwhile, proxies keep the configuration that they have. If the writes fail, the istiods start as before.
     *
     * @param mark if the istiods have it, they were stopped for these writes before and are not stopped again
     * @return what was written, and the Deployment
     */
    public List<AppliedObject> whileStopped(
            Cluster primary, Mesh mesh, String mark, Supplier<? extends List<AppliedObject>> writes) {
        ObjectRef istiod = deployment(mesh);
        Optional<Deployment> live = live(primary, istiod);
        boolean begun = primary.previewRestart(istiod, mark).outcome() == ApplyOutcome.UNCHANGED;
        if (live.isEmpty() || (begun && stopped(live.get()).isEmpty())) {
            return writes.get();
        }
        return stopAndWrite(primary, istiod, live.get(), () -> {
            List<AppliedObject> written = new ArrayList<>(writes.get());
            written.add(primary.restart(istiod, mark));
            return written;
        });
    }

    /** The same without a mark, for writes that may leave the pods as they were, or change their template themselves. */
    public List<AppliedObject> whileStopped(
            Cluster primary, Mesh mesh, Supplier<? extends List<AppliedObject>> writes) {
        ObjectRef istiod = deployment(mesh);
        Optional<Deployment> live = live(primary, istiod);
        return live.isPresent() ? stopAndWrite(primary, istiod, live.get(), writes) : writes.get();
    }

    private static List<AppliedObject> stopAndWrite(
            Cluster primary, ObjectRef istiod, Deployment live, Supplier<? extends List<AppliedObject>> writes) {
        String replicas = stopped(live)
                .orElse(String.valueOf(Objects.requireNonNullElse(live.getSpec().getReplicas(), 1)));
        primary.merge(istiod, replicas(0, replicas));
        try {
            awaitEnd(primary, live.getSpec().getSelector().getMatchLabels());
            return List.copyOf(writes.get());
        } finally {
            primary.merge(istiod, replicas(Integer.parseInt(replicas), null));
        }
    }

    private static Optional<Deployment> live(Cluster primary, ObjectRef istiod) {
        return primary.find(Deployment.class, istiod.namespace(), istiod.name());
    }

    private static Optional<String> stopped(Deployment istiod) {
        return Optional.ofNullable(istiod.getMetadata().getAnnotations())
                .flatMap(annotations -> Optional.ofNullable(annotations.get(REPLICAS)));
    }

    private static void awaitEnd(Cluster primary, Map<String, String> labels) {
        BoundedPoll.until(
                () -> primary.list(Pod.class, IstioNamespace.NAME, labels).isEmpty(),
                LIMIT,
                "%s: pods of istiod have not ended within %d seconds of its stop"
                        .formatted(primary.name(), LIMIT.toSeconds()));
    }

    /** @param kept for a later attempt, if this one dies; null once they run again */
    private static Map<String, Object> replicas(int replicas, @Nullable String kept) {
        Map<String, @Nullable String> annotations = new HashMap<>();
        annotations.put(REPLICAS, kept);
        return Map.of("spec", Map.of("replicas", replicas), "metadata", Map.of("annotations", annotations));
    }

    public static ObjectRef deployment(Mesh mesh) {
        return new ObjectRef(
                "apps/v1", "Deployment", IstioNamespace.NAME, mesh.revision().name("istiod"));
    }
}

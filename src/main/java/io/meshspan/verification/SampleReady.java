package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Is the sample ready in every cluster: are both deployments available, and does the mesh's root certificate exist for the
 * proxies?
 */
@Component
final class SampleReady {

    private final Clusters clusters;
    private final VerificationProperties properties;

    SampleReady(Clusters clusters, VerificationProperties properties) {
        this.clusters = clusters;
        this.properties = properties;
    }

    /** Completes when everything is ready, fails when one watch fails. Then, and when it is cancelled, all watches stop. */
    CompletableFuture<?> when(Mesh mesh) {
        Collection<CompletableFuture<?>> parts = new ConcurrentLinkedQueue<>();
        Map<ClusterName, String> versions = SampleVersions.of(mesh);
        try {
            clusters.inEach(mesh.clusters(), cluster -> {
                arm(cluster, Objects.requireNonNull(versions.get(cluster.name())), parts);
                return cluster.name();
            });
        } catch (RuntimeException e) {
            parts.forEach(part -> part.cancel(true));
            throw e;
        }
        return Cluster.allMet(List.copyOf(parts));
    }

    private void arm(Cluster cluster, String version, Collection<CompletableFuture<?>> parts) {
        String namespace = properties.namespace();
        parts.add(cluster.when(ConfigMap.class, namespace, "istio-ca-root-cert", found -> true));
        parts.add(cluster.when(
                Deployment.class, namespace, SampleVersions.deployment(version), SampleReady::deploymentReady));
        parts.add(cluster.when(Deployment.class, namespace, "curl", SampleReady::deploymentReady));
    }

    /** Ignores a status of an earlier generation. */
    private static boolean deploymentReady(Deployment deployment) {
        var status = deployment.getStatus();
        return status != null
                && atLeast(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())
                && status.getConditions().stream()
                        .anyMatch(c -> "Available".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private static boolean atLeast(@Nullable Long observed, @Nullable Long wanted) {
        return wanted == null || (observed != null && observed >= wanted);
    }
}

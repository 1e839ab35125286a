package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.PassingFault;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Applied;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.kubernetes.Outcome;
import java.util.Map;
import java.util.Optional;

/** The sample's namespace in a cluster: Meshspan's to use and to delete only if Meshspan made it. */
final class SampleNamespace {

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String MESHSPAN = "meshspan";

    private final Namespace namespace;

    SampleNamespace(Namespace namespace) {
        this.namespace = namespace;
    }

    /**
     * @throws StepFailed INVALID if somebody else's namespace has this name
     * @throws PassingFault while the namespace of an earlier verification is still being removed
     */
    void requireUsable(Cluster cluster) {
        live(cluster).ifPresent(found -> {
            if (!ours(found)) {
                throw new StepFailed(FailureCode.INVALID, taken(cluster));
            }
            if (found.getMetadata().getDeletionTimestamp() != null) {
                throw new PassingFault("%s: Namespace %s is still being removed".formatted(cluster.name(), name()));
            }
        });
    }

    Optional<Finding> hindrance(Cluster cluster) {
        return live(cluster).filter(found -> !ours(found)).map(found -> taken(cluster));
    }

    Applied remove(Cluster cluster) {
        return live(cluster)
                .filter(SampleNamespace::ours)
                .map(found -> cluster.delete(namespace))
                .orElseGet(() -> new Applied(cluster.name(), ObjectRef.of(namespace), Outcome.UNCHANGED));
    }

    private Optional<Namespace> live(Cluster cluster) {
        return cluster.find(Namespace.class, null, name());
    }

    private String name() {
        return namespace.getMetadata().getName();
    }

    private static boolean ours(Namespace found) {
        Map<String, String> labels = found.getMetadata().getLabels();
        return labels != null && MESHSPAN.equals(labels.get(MANAGED_BY));
    }

    private Finding taken(Cluster cluster) {
        return Finding.blocking(
                cluster.name().value(),
                "Namespace " + name(),
                "no such namespace, or one with the label %s=%s".formatted(MANAGED_BY, MESHSPAN),
                "a namespace that Meshspan did not make",
                "Name another one in meshspan.verification.namespace, or remove this one if nobody needs it.");
    }
}

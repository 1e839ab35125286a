package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.difference.ContentHash;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.trust.DesiredCa;
import io.meshspan.trust.MeshTrust;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An object in the state that a change wants in a cluster.
 *
 * @param desired a fingerprint of the desired content, or of the part of it that is known when the plan is made
 * @param later whether a part of it is only known while the change runs
 * @param note for readers of the plan; may be empty
 * @param preview computes what it would change
 */
record DesiredObject(
        Step step,
        ObjectRef object,
        String desired,
        boolean later,
        String note,
        Function<Cluster, DryRunResult> preview) {

    /** The same as a part of another step. */
    DesiredObject in(Step other) {
        return new DesiredObject(other, object, desired, later, note, preview);
    }

    static DesiredObject of(Step step, HasMetadata object) {
        return of(step, object, "");
    }

    static DesiredObject of(Step step, HasMetadata object, String note) {
        return new DesiredObject(
                step,
                ObjectRef.of(object),
                ContentHash.ofObject(object),
                false,
                note,
                cluster -> cluster.preview(object));
    }

    /** @param preview without a dry run, because a signature differs each time */
    static DesiredObject cacerts(DesiredCa desired, Function<Cluster, DryRunResult> preview) {
        return new DesiredObject(
                Step.TRUST, MeshTrust.CACERTS, ContentHash.of(desired.identity()), false, desired.note(), preview);
    }

    /**
     * HelloWorld is put into its own namespace and removed again. What an earlier verification left there does not matter,
     * so only the desired content is compared.
     */
    static DesiredObject sample(HasMetadata object) {
        ObjectRef ref = ObjectRef.of(object);
        return new DesiredObject(
                Step.SAMPLE,
                ref,
                ContentHash.ofObject(object),
                false,
                object.getKind().equals("Secret")
                        ? "with the content of the Secret of that name in istio-system"
                        : images(object),
                cluster -> new DryRunResult(cluster.name(), ref, ApplyOutcome.CREATED, List.of(), true));
    }

    /** @param known a fingerprint of the content that is known when the plan is made */
    static DesiredObject later(Step step, HasMetadata object, String known, String note) {
        return new DesiredObject(step, ObjectRef.of(object), known, true, note, cluster -> cluster.preview(object));
    }

    /** Empty if it is not a Deployment. */
    private static String images(HasMetadata object) {
        return object instanceof Deployment deployment
                ? deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                        .map(Container::getImage)
                        .collect(Collectors.joining(", "))
                : "";
    }
}

package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ContentHash;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One object as it is wanted in a cluster.
 *
 * @param desired a fingerprint of all that is wanted; of all that can be known beforehand, if it is only known later
 * @param later whether a part of it is only known while the change runs
 * @param note what a reader of the plan should know of it; may be empty
 * @param preview finds out what it would change
 */
record DesiredObject(
        Step step,
        ObjectRef object,
        String desired,
        boolean later,
        String note,
        Function<Cluster, DryRunResult> preview) {

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

    /**
     * HelloWorld is put into a namespace of its own and taken away again: what an earlier verification left there makes no
     * difference, so nothing is compared but what is wanted.
     */
    static DesiredObject sample(HasMetadata object) {
        ObjectRef ref = ObjectRef.of(object);
        return new DesiredObject(
                Step.SAMPLE,
                ref,
                ContentHash.ofObject(object),
                false,
                images(object),
                cluster -> new DryRunResult(cluster.name(), ref, ApplyOutcome.CREATED, List.of(), true));
    }

    /** @param known a fingerprint of what can be known of it beforehand */
    static DesiredObject later(Step step, HasMetadata object, String known, String note) {
        return new DesiredObject(step, ObjectRef.of(object), known, true, note, cluster -> cluster.preview(object));
    }

    /** Empty if it is no Deployment. */
    private static String images(HasMetadata object) {
        return object instanceof Deployment deployment
                ? deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                        .map(Container::getImage)
                        .collect(Collectors.joining(", "))
                : "";
    }
}

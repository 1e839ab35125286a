package io.meshspan.plan;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Member;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a plan for one cluster.
 *
 * @param uid of the cluster that was read; empty if it could not be read
 * @param files the input files of the renderer, by the title of their part; empty with Helm
 */
public record ClusterPlan(Member member, String uid, List<PlannedObject> objects, Map<String, String> files) {

    public ClusterPlan {
        uid = Objects.requireNonNullElse(uid, ""); // plans of an earlier release do not have it
        objects = List.copyOf(objects);
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** The empty plan of a cluster for which nothing was approved. */
    static ClusterPlan none(Member member) {
        return new ClusterPlan(member, "", List.of(), Map.of());
    }

    /** The plan without these objects. */
    ClusterPlan without(Set<ObjectRef> dropped) {
        List<PlannedObject> left =
                objects.stream().filter(o -> !dropped.contains(o.object())).toList();
        return new ClusterPlan(member, uid, left, files);
    }

    /** Whether the plan is about this cluster. The same name may lead to another one. */
    boolean isAbout(String cluster) {
        return uid.isEmpty() || uid.equals(cluster);
    }

    /** Without the sample, which the verification removes again. */
    long count(ApplyOutcome applyOutcome) {
        return lasting().filter(o -> o.outcome() == applyOutcome).count();
    }

    Stream<PlannedObject> lasting() {
        return objects.stream().filter(o -> o.step() != Step.SAMPLE);
    }

    Stream<PlannedObject> sample() {
        return objects.stream().filter(o -> o.step() == Step.SAMPLE);
    }

    Optional<PlannedObject> find(ObjectRef object) {
        return objects.stream().filter(o -> o.object().equals(object)).findFirst();
    }

    /**
     * What was planned for an object in a step. Two steps may concern one object: a change of the root restarts a sample that an
     * earlier verification left, and the verification applies it. An object that has come into another step is found there.
     */
    Optional<PlannedObject> find(Step step, ObjectRef object) {
        return objects.stream()
                .filter(o -> o.step() == step && o.object().equals(object))
                .findFirst()
                .or(() -> find(object));
    }

    /** The objects of a step that are only known in part before the change runs. */
    Set<ObjectRef> later(Step step) {
        return objects.stream()
                .filter(o -> o.step() == step && o.later())
                .map(PlannedObject::object)
                .collect(Collectors.toUnmodifiableSet());
    }
}

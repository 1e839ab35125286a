package io.meshspan.plan;

import io.meshspan.kubernetes.Outcome;
import io.meshspan.kubernetes.Preview;
import io.meshspan.mesh.Member;
import java.util.List;

/**
 * What a change would do in one cluster.
 *
 * @param later what is known only while the change runs, in words
 */
public record ClusterPlan(Member member, List<Preview> objects, List<String> later) {

    long count(Outcome outcome) {
        return objects.stream().filter(o -> o.outcome() == outcome).count();
    }
}

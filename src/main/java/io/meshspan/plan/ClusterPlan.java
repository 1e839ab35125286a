package io.meshspan.plan;

import io.meshspan.kubernetes.Outcome;
import io.meshspan.kubernetes.Preview;
import io.meshspan.mesh.Member;
import java.util.List;
import java.util.Map;

/**
 * What a change would do in one cluster.
 *
 * @param files what the renderer is given, by the part that it makes
 * @param later what is known only while the change runs, in words
 */
public record ClusterPlan(Member member, List<Preview> objects, Map<String, String> files, List<String> later) {

    long count(Outcome outcome) {
        return objects.stream().filter(o -> o.outcome() == outcome).count();
    }
}

package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster's client heard.
 *
 * @param controlPlane the primary whose istiod tells this client's proxy where HelloWorld is
 * @param calls how many calls the client was to make
 * @param answers how many answers came from each version; every version of the mesh is named, a silent one with 0
 * @param problems other texts, each once
 * @param sidecar whether the client's pod has Istio's proxy, without which no call leaves the cluster
 * @param notMeasured why there were no calls, or null
 */
public record ClusterCalls(
        ClusterName controlPlane,
        int calls,
        Map<String, Integer> answers,
        List<String> problems,
        boolean sidecar,
        @Nullable String notMeasured) {

    public ClusterCalls {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        problems = List.copyOf(problems);
    }

    boolean heardAll(Iterable<String> versions) {
        for (String version : versions) {
            if (!heard(version)) {
                return false;
            }
        }
        return notMeasured == null;
    }

    boolean heard(String version) {
        return answers.getOrDefault(version, 0) > 0;
    }
}

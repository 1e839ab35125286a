package io.meshspan.verification;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshspan.mesh.ClusterName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answers that one cluster's client got.
 *
 * @param controlPlane the primary whose istiod configures this client's proxy
 * @param calls the maximum number of calls
 * @param answers the number of answers by version, for every version of the mesh; 0 without an answer
 * @param problems other texts, each once
 * @param sidecar whether the client's pod has Istio's proxy; without it, calls cannot leave the cluster
 * @param notMeasured why no calls were made, or null
 * @param silent the calls that no version answered; they name no target
 * @param times of the answered calls, by version; none in a report of an earlier release
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterCalls(
        ClusterName controlPlane,
        int calls,
        Map<String, Integer> answers,
        List<String> problems,
        boolean sidecar,
        @Nullable String notMeasured,
        int silent,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, CallLatency> times) {

    public ClusterCalls {
        times = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNullElse(times, Map.of())));
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        problems = List.copyOf(problems);
    }

    ClusterCalls(
            ClusterName controlPlane,
            int calls,
            Map<String, Integer> answers,
            List<String> problems,
            boolean sidecar,
            @Nullable String notMeasured) {
        this(controlPlane, calls, answers, problems, sidecar, notMeasured, 0, Map.of());
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

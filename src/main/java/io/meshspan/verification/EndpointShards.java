package io.meshspan.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One istiod's answer to {@code GET /debug/endpointShardz}: by service and namespace, the endpoints that it has of each
 * cluster, as {@code Kubernetes/NAME} (pilot/pkg/model/endpointshards.go of Istio 1.28 to 1.31).
 */
final class EndpointShards {

    static final String PATH = "/debug/endpointShardz";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode services;

    private EndpointShards(JsonNode services) {
        this.services = services;
    }

    /** @throws TransientException if this is not an istiod's answer, for example while it starts or stops */
    static EndpointShards parse(ClusterName cluster, String body) {
        try {
            return new EndpointShards(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new TransientException(
                    "%s, istiod: %s was answered with something that is not its JSON (%d characters)"
                            .formatted(cluster, PATH, body.length()));
        }
    }

    SortedMap<ClusterName, EndpointCount> of(List<Member> targets) {
        SortedMap<ClusterName, EndpointCount> counts = new TreeMap<>();
        targets.forEach(target -> counts.put(
                target.cluster(), count("Kubernetes/" + target.istioName().value())));
        return counts;
    }

    private EndpointCount count(String shard) {
        int found = 0;
        int endpoints = 0;
        for (JsonNode namespaces : services) {
            for (JsonNode service : namespaces) {
                int here = service.path("Shards").path(shard).size();
                found += here > 0 ? 1 : 0;
                endpoints += here;
            }
        }
        return new EndpointCount(found, endpoints);
    }
}

package io.meshspan.verification;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One istiod's answer to {@code GET /debug/clusterz}: its own cluster, without a secret name, then one entry for each remote
 * secret (pkg/cluster/debug.go and pkg/kube/multicluster of Istio 1.28 to 1.30).
 */
final class Clusterz {

    static final String PATH = "/debug/clusterz";
    static final int PORT = 8080;
    static final String SYNCED = "synced";
    static final String MISSING = "missing";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Entry> remotes;

    private Clusterz(List<Entry> remotes) {
        this.remotes = remotes;
    }

    /** @throws TransientException if this is not an istiod's answer, for example while it starts or stops */
    static Clusterz parse(ClusterName cluster, String body) {
        try {
            Entry @Nullable [] entries = JSON.readValue(body, Entry[].class);
            return new Clusterz(Arrays.stream(entries == null ? new Entry[0] : entries)
                    .filter(Entry::remote)
                    .toList());
        } catch (JsonProcessingException e) {
            throw new TransientException(
                    "%s, istiod: %s was answered with something that is not its JSON (%d characters)"
                            .formatted(cluster, PATH, body.length()));
        }
    }

    /** By Meshspan's cluster names; istiod uses Istio's. */
    SortedMap<ClusterName, String> of(List<Member> targets) {
        return targets.stream().collect(Collectors.toMap(Member::cluster, this::status, (a, b) -> a, TreeMap::new));
    }

    /** Two secrets may have the same cluster: it is only synced if both are. */
    private String status(Member target) {
        return remotes.stream()
                .filter(entry -> target.istioName().value().equals(entry.id()))
                .map(Entry::status)
                .reduce((a, b) -> a.equals(SYNCED) ? b : a)
                .orElse(MISSING);
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(
            @Nullable String id,
            @Nullable String secretName,
            @Nullable String syncStatus) {

        boolean remote() {
            return secretName != null && !secretName.isEmpty();
        }

        String status() {
            return syncStatus == null || syncStatus.isEmpty() ? "unknown" : syncStatus;
        }
    }
}

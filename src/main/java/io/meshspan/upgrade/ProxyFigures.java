package io.meshspan.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.verification.ReadyPods;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Pods and connected proxies of each revision, by cluster. */
@Component
public final class ProxyFigures {

    private static final String NAMESPACE = IstioNamespace.NAME;
    private static final String SYNCZ = "/debug/syncz";
    private static final int PORT = 8080;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clusters clusters;

    ProxyFigures(Clusters clusters) {
        this.clusters = clusters;
    }

    /**
     * The figures of one cluster.
     *
     * @param pods with a proxy, by revision
     * @param connected proxies that its istiods serve, by the revision of the istiod; of remotes, too. Empty for a remote, or
     *     if no istiod could be asked
     */
    public record Figures(Map<String, Long> pods, Map<String, Long> connected) {}

    public SortedMap<ClusterName, Figures> of(Mesh mesh) {
        return clusters.inEach(
                mesh.clusters(),
                cluster -> new Figures(
                        new TreeMap<>(InjectedNamespaces.pods(cluster, mesh)),
                        mesh.member(cluster.name()).role() == Role.PRIMARY ? connected(cluster) : Map.of()));
    }

    private static Map<String, Long> connected(Cluster cluster) {
        Map<String, Long> connected = new TreeMap<>();
        ReadyPods.of(cluster, NAMESPACE, Map.of("app", "istiod"))
                .forEach(pod -> proxies(cluster, pod)
                        .ifPresent(count -> connected.merge(
                                pod.getMetadata().getLabels().getOrDefault(InjectedNamespaces.REVISION, "default"),
                                count,
                                Long::sum)));
        return connected;
    }

    private static Optional<Long> proxies(Cluster cluster, Pod istiod) {
        try {
            JsonNode answer =
                    JSON.readTree(cluster.get(NAMESPACE, istiod.getMetadata().getName(), PORT, SYNCZ));
            return Optional.of((long) answer.size());
        } catch (StepFailed | TransientException | JsonProcessingException unknown) {
            return Optional.empty();
        }
    }

    /** As a Markdown table: the older revision, then the newer one. */
    public static String text(Mesh mesh, SortedMap<ClusterName, Figures> figures) {
        String old = mesh.replaced().orElseThrow().label();
        String now = mesh.revision().value();
        return "| cluster | pods of %s | pods of %s | proxies connected to %s | to %s |\n|---|---|---|---|---|\n"
                        .formatted(old, now, old, now)
                + figures.entrySet().stream()
                        .map(row -> "| %s | %d | %d | %s | %s |"
                                .formatted(
                                        row.getKey(),
                                        row.getValue().pods().getOrDefault(old, 0L),
                                        row.getValue().pods().getOrDefault(now, 0L),
                                        told(row.getValue().connected(), old),
                                        told(row.getValue().connected(), now)))
                        .collect(Collectors.joining("\n"));
    }

    private static String told(Map<String, Long> connected, String revision) {
        Long count = connected.get(revision);
        return count == null ? "" : count.toString();
    }
}

package io.meshspan.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.verification.ReadyPods;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The proxies that the istiods of a cluster serve, as each of them says at {@code /debug/syncz}; of remotes, too. */
final class ConnectedProxies {

    private static final String SYNCZ = "/debug/syncz";
    private static final int PORT = 8080;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectedProxies() {}

    /**
     * A proxy.
     *
     * @param cluster its cluster's name in Istio; empty if istiod does not say
     * @param name of the pod and its namespace: {@code web-5d6f.shop}
     * @param version empty if the proxy does not say
     * @param revision of the istiod that serves it
     */
    record Proxy(String cluster, String name, Optional<IstioVersion> version, String revision) {

        String namespace() {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        String pod() {
            return name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
    }

    /** Only of the istiods that could be asked. */
    static List<Proxy> of(Cluster cluster) {
        return ReadyPods.of(cluster, IstioNamespace.NAME, Map.of("app", "istiod")).stream()
                .flatMap(istiod -> served(cluster, istiod))
                .toList();
    }

    private static Stream<Proxy> served(Cluster cluster, Pod istiod) {
        String revision =
                istiod.getMetadata().getLabels().getOrDefault(InjectedNamespaces.REVISION, InjectedNamespaces.DEFAULT);
        try {
            JsonNode answer = JSON.readTree(
                    cluster.get(IstioNamespace.NAME, istiod.getMetadata().getName(), PORT, SYNCZ));
            return StreamSupport.stream(answer.spliterator(), false).map(proxy -> read(proxy, revision));
        } catch (StepFailed | TransientException | JsonProcessingException unknown) {
            return Stream.empty();
        }
    }

    private static Proxy read(JsonNode proxy, String revision) {
        return new Proxy(
                proxy.path("cluster_id").asText(),
                proxy.path("proxy").asText(),
                Optional.of(proxy.path("istio_version").asText())
                        .filter(IstioVersion::isVersion)
                        .map(IstioVersion::parse),
                revision);
    }
}

package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.meshspan.mesh.HelmValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a request through the mesh would meet, worked out from the objects of all clusters: there is no proxy here. The
 * words of refusal are Envoy's.
 */
final class MeshTruth {

    private static final String FAILED = "upstream connect error or disconnect/reset before headers. reset reason: ";
    private static final String TIMEOUT = FAILED + "connection timeout";
    private static final String NO_LISTENER =
            FAILED + "remote connection failure, transport failure reason: connection reset by peer";
    private static final String OTHER_ROOT = FAILED
            + "remote connection failure, transport failure reason: TLS_error:|268435581:SSL routines:"
            + "OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end";

    /** One pod that the client's proxy would pick from. */
    private record Endpoint(RunningCluster cluster, Pod pod) {}

    private final AtomicInteger turn = new AtomicInteger();

    /** The bodies of the answers to so many calls of a service in one moment; one endpoint after the other takes its turn. */
    List<String> call(RunningCluster client, Pod from, Service service, int times) {
        List<String> answers = endpoints(client, from, service).stream()
                .map(endpoint -> endpoint.cluster() == client ? hello(endpoint.pod()) : across(client, from, endpoint))
                .toList();
        return IntStream.range(0, times)
                .mapToObj(call -> answers.isEmpty()
                        ? "no healthy upstream"
                        : answers.get(Math.floorMod(turn.getAndIncrement(), answers.size())))
                .toList();
    }

    private static List<Endpoint> endpoints(RunningCluster client, Pod from, Service service) {
        List<Endpoint> endpoints = new ArrayList<>(in(client, service));
        if (Pods.hasProxy(from)) {
            client.istiod().route().discovery().stream()
                    .flatMap(MeshTruth::known)
                    .filter(other -> other != client)
                    .forEach(other -> endpoints.addAll(in(other, service)));
        }
        return endpoints;
    }

    /** The clusters whose services the istiod of a primary tells its proxies of: its own, and those of its secrets. */
    private static Stream<RunningCluster> known(RunningCluster primary) {
        return Stream.concat(
                Stream.of(primary),
                primary.istiod().remotes().stream()
                        .flatMap(remote -> remote.reached().stream()
                                .filter(other -> other.istiod().claimedId().equals(remote.id()))));
    }

    private static List<Endpoint> in(RunningCluster cluster, Service service) {
        String namespace = service.getMetadata().getNamespace();
        return cluster
                .store()
                .get(Service.class, namespace, service.getMetadata().getName())
                .map(same -> Optional.ofNullable(same.getSpec().getSelector()).orElse(Map.of()))
                .map(selector -> Pods.ready(cluster.store(), namespace, selector))
                .orElse(List.of())
                .stream()
                .map(pod -> new Endpoint(cluster, pod))
                .toList();
    }

    private static String across(RunningCluster client, Pod from, Endpoint to) {
        RunningCluster server = to.cluster();
        String network = server.istiod().network();
        if (client.istiod().network().equals(network)) {
            if (!client.levers().network().equals(server.levers().network())) {
                return TIMEOUT;
            }
        } else {
            Optional<Service> gateway =
                    gateway(server, network).or(() -> declared(client, network) ? eastWest(server) : Optional.empty());
            if (gateway.isEmpty() || gatewayPods(server, gateway.get()).isEmpty() || !Pods.hasProxy(to.pod())) {
                return TIMEOUT;
            }
            if (!passesThrough(server, gatewayPods(server, gateway.get()))) {
                return NO_LISTENER;
            }
        }
        Optional<String> root = root(client, from);
        return root.isPresent() && root.equals(root(server, to.pod())) ? hello(to.pod()) : OTHER_ROOT;
    }

    private static Optional<Service> gateway(RunningCluster server, String network) {
        return server.store().list(Service.class, "").stream()
                .filter(service -> Optional.ofNullable(service.getMetadata().getLabels())
                        .map(labels -> network.equals(labels.get("topology.istio.io/network")))
                        .orElse(false))
                .filter(service -> service.getStatus() != null
                        && service.getStatus().getLoadBalancer() != null
                        && !service.getStatus().getLoadBalancer().getIngress().isEmpty())
                .findFirst();
    }

    /** Whether the client's istiod was told of a gateway of that network: whatever is there forwards to it. */
    private static boolean declared(RunningCluster client, String network) {
        return client.istiod().route().discovery().stream()
                .flatMap(primary -> primary.store().list(ConfigMap.class, "istio-system").stream())
                .filter(map -> map.getMetadata().getName().startsWith("istio")
                        && map.getData() != null
                        && map.getData().containsKey("meshNetworks"))
                .map(map -> HelmValues.read(map.getData().get("meshNetworks")))
                .anyMatch(networks ->
                        networks.at(List.of("networks", network, "gateways")).isPresent());
    }

    private static Optional<Service> eastWest(RunningCluster server) {
        return server.store().list(Service.class, "").stream()
                .filter(service -> service.getMetadata().getName().equals("istio-eastwestgateway"))
                .findFirst();
    }

    private static List<Pod> gatewayPods(RunningCluster server, Service gateway) {
        Map<String, String> selector =
                Optional.ofNullable(gateway.getSpec().getSelector()).orElse(Map.of());
        return Pods.ready(server.store(), gateway.getMetadata().getNamespace(), selector);
    }

    /**
     * Whether a Gateway resource has these pods pass TLS through on 15443, as expose-services does. They hear of it from
     * their istiod, which reads its own cluster alone.
     */
    private static boolean passesThrough(RunningCluster server, List<Pod> gateways) {
        Map<String, String> labels = Pods.labels(gateways.get(0));
        return server.istiod().route().discovery().stream()
                .flatMap(primary -> primary.store().list("networking.istio.io", "gateways", "").stream())
                .map(gateway -> gateway.path("spec"))
                .filter(spec -> labels.entrySet()
                        .containsAll(Json.strings(spec.path("selector")).entrySet()))
                .anyMatch(MeshTruth::autoPassthrough);
    }

    private static boolean autoPassthrough(JsonNode spec) {
        for (JsonNode server : spec.path("servers")) {
            if (server.at("/port/number").asInt() == 15443
                    && server.at("/tls/mode").asText().equals("AUTO_PASSTHROUGH")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> root(RunningCluster cluster, Pod pod) {
        return cluster.store()
                .get(ConfigMap.class, pod.getMetadata().getNamespace(), "istio-ca-root-cert")
                .map(ConfigMap::getData)
                .map(data -> data.get("root-cert.pem"))
                .map(String::strip);
    }

    private static String hello(Pod pod) {
        return "Hello version: " + Pods.labels(pod).getOrDefault("version", "") + ", instance: "
                + pod.getMetadata().getName() + "\n";
    }
}

package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the Service {@code istiod} of a cluster leads: to its own istiod, or by an address to another cluster's gateway
 * and from there, if that istiod is exposed, to the primary.
 */
final class IstiodRoute {

    private static final int DISCOVERY = 15012;
    private static final int WEBHOOK = 15017;
    private static final int HTTPS = 443;

    private final RunningCluster cluster;
    private final SandboxFleet sandboxFleet;

    IstiodRoute(RunningCluster cluster, SandboxFleet sandboxFleet) {
        this.cluster = cluster;
        this.sandboxFleet = sandboxFleet;
    }

    /** Whether the Service has no pods of its own to select. */
    boolean leadsAway() {
        return service().map(IstiodRoute::withoutPods).orElse(false);
    }

    /** The cluster whose istiod gives the proxies here their configuration. */
    Optional<RunningCluster> discovery() {
        return to(DISCOVERY, DISCOVERY);
    }

    /** The cluster whose istiod injects here. An ExternalName maps no port: the API server then calls 443. */
    Optional<RunningCluster> webhook() {
        return to(WEBHOOK, HTTPS);
    }

    private Optional<RunningCluster> to(int byAddress, int byName) {
        if (!leadsAway()) {
            return Optional.of(cluster).filter(IstiodRoute::runs);
        }
        Optional<String> hostname = service().map(found -> found.getSpec().getExternalName());
        int port = hostname.isPresent() ? byName : byAddress;
        return hostname.map(Stream::of)
                .orElseGet(this::addresses)
                .flatMap(address ->
                        sandboxFleet.all().stream().filter(primary -> runs(primary) && answers(primary, address, port)))
                .findFirst();
    }

    private Optional<Service> service() {
        return cluster.store().list(Service.class, Istiod.NAMESPACE).stream()
                .filter(each -> each.getMetadata().getName().matches("istiod(-.*)?"))
                .filter(each -> !each.getMetadata().getName().startsWith("istiod-revision-tag-"))
                .findFirst();
    }

    private Stream<String> addresses() {
        String name = service().orElseThrow().getMetadata().getName();
        return cluster.store().list(EndpointSlice.class, Istiod.NAMESPACE).stream()
                .filter(slice -> name.equals(slice.getMetadata().getLabels().get("kubernetes.io/service-name")))
                .flatMap(slice -> slice.getEndpoints().stream())
                .flatMap(endpoint -> endpoint.getAddresses().stream());
    }

    private static boolean withoutPods(Service service) {
        return Optional.ofNullable(service.getSpec().getSelector())
                .orElse(Map.of())
                .isEmpty();
    }

    private static boolean runs(RunningCluster primary) {
        return primary.istiod().pod().isPresent();
    }

    private boolean answers(RunningCluster primary, String address, int port) {
        return primary.store().list(Service.class, "").stream()
                .filter(service -> has(service, address))
                .anyMatch(gateway -> gateway.getSpec().getPorts().stream()
                        .filter(each -> each.getPort() == port)
                        .anyMatch(each ->
                                exposed(primary, gateway, each.getTargetPort().getIntVal())));
    }

    private static boolean has(Service service, String address) {
        return service.getStatus() != null
                && service.getStatus().getLoadBalancer() != null
                && service.getStatus().getLoadBalancer().getIngress().stream()
                        .map(IstiodRoute::address)
                        .anyMatch(address::equals);
    }

    private static String address(LoadBalancerIngress ingress) {
        return ingress.getIp() != null ? ingress.getIp() : String.valueOf(ingress.getHostname());
    }

    /** As expose-istiod does: a Gateway for these pods that passes the port's TLS through, and a route to istiod. */
    private boolean exposed(RunningCluster primary, Service gateway, int port) {
        Map<String, String> selector =
                Optional.ofNullable(gateway.getSpec().getSelector()).orElse(Map.of());
        List<Pod> pods = Pods.ready(primary.store(), gateway.getMetadata().getNamespace(), selector);
        return pods.stream().findFirst().map(Pods::labels).stream()
                .flatMap(labels -> primary.store().list("networking.istio.io", "gateways", "").stream()
                        .filter(each -> labels.entrySet()
                                .containsAll(
                                        Json.strings(each.at("/spec/selector")).entrySet())))
                .filter(each -> opens(each.path("spec"), port))
                .anyMatch(each -> routed(primary, Json.name(each), port));
    }

    private static boolean opens(JsonNode spec, int port) {
        return spec.path("servers")
                .valueStream()
                .anyMatch(server -> server.at("/port/number").asInt() == port
                        && server.at("/tls/mode").asText().equals("PASSTHROUGH"));
    }

    private boolean routed(RunningCluster primary, String gateway, int port) {
        return primary.store().list("networking.istio.io", "virtualservices", "").stream()
                .map(each -> each.path("spec"))
                .filter(spec -> spec.path("gateways")
                        .valueStream()
                        .anyMatch(name -> name.asText().equals(gateway)))
                .flatMap(spec -> spec.path("tls").valueStream())
                .filter(rule -> rule.path("match")
                        .valueStream()
                        .anyMatch(match -> match.path("port").asInt() == port && named(match)))
                .flatMap(rule -> rule.path("route").valueStream())
                .anyMatch(route -> leads(primary, route.at("/destination/host").asText()));
    }

    /** The name that a client asks for is that of the Service here. */
    private boolean named(JsonNode match) {
        String asked = service().orElseThrow().getMetadata().getName() + "." + Istiod.NAMESPACE + ".svc";
        return match.path("sniHosts")
                .valueStream()
                .map(JsonNode::asText)
                .anyMatch(host -> host.equals("*") || host.equals(asked));
    }

    private static boolean leads(RunningCluster primary, String host) {
        return primary.store()
                .get(Service.class, Istiod.NAMESPACE, host.replaceFirst("\\..*", ""))
                .filter(service -> !withoutPods(service))
                .isPresent();
    }
}

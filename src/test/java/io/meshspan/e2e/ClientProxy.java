package io.meshspan.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The proxy of the client of one cluster as far as calls across clusters depend on it: over ADS it gets the endpoints of the
 * service from the istiod that its pod's revision has, keeps them while no istiod answers, and connects again, as Envoy does.
 * Twice a second it counts one call to each cluster, without data. A call fails if none of the addresses that it has leads there:
 * to a ready pod on the same network, to a gateway with a ready pod on another; or if the certificates of its pod and of one that may answer
 * do not lead to a root that the other got with its own. So does each message of istiod that leaves out all of a cluster's addresses, however soon the next one has them again.
 */
final class ClientProxy implements AutoCloseable {

    private static final String SERVICE =
            "outbound|5000||helloworld.%s.svc.cluster.local".formatted(HelloWorldWorkloads.SHOP);
    private static final Map<String, String> SERVER = Map.of("app", "helloworld");
    private static final String NETWORK = "topology.istio.io/network";
    private static final int ADS_PORT = 15010;
    private static final long INTERVAL_MILLIS = 500;

    private final Vertx vertx = Vertx.vertx();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final WatchedCluster own;
    private final List<WatchedCluster> all;
    private final Map<String, Integer> answered = new TreeMap<>();
    private final Set<String> revisions = new TreeSet<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Map<String, Set<String>> known = new ConcurrentHashMap<>();
    private final Map<String, String> networks = new HashMap<>();
    private final Map<String, WatchedCluster> controlPlanes = new HashMap<>();
    private final Map<String, WorkloadIdentity> identities = new HashMap<>();
    private final Map<List<WorkloadIdentity>, Boolean> agreed = new HashMap<>();
    private @Nullable DiscoveryStream stream;
    private @Nullable LocalPortForward forward;
    private String pod = "";
    private final AtomicInteger messages = new AtomicInteger();
    private int connections;
    private int unserved;
    private volatile Set<String> told = Set.of();
    private volatile boolean configured;

    private ClientProxy(WatchedCluster own, List<WatchedCluster> all) {
        this.own = own;
        this.all = all;
        all.forEach(cluster -> networks.put(cluster.name(), networkOf(cluster.cluster())));
    }

    /** The cluster whose istiods the pods of a cluster have: its own, or the first that has any. */
    private WatchedCluster controlPlaneOf(WatchedCluster cluster) {
        return controlPlanes.computeIfAbsent(
                cluster.name(),
                name -> Stream.concat(Stream.of(cluster), all.stream())
                        .filter(WatchedCluster::hasControlPlane)
                        .findFirst()
                        .orElseThrow());
    }

    /** One in each cluster. */
    static List<ClientProxy> inEach(List<WatchedCluster> clusters) {
        return clusters.stream()
                .map(cluster -> {
                    ClientProxy proxy = new ClientProxy(cluster, clusters);
                    var unused =
                            proxy.timer.scheduleWithFixedDelay(proxy::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
                    return proxy;
                })
                .toList();
    }

    List<String> failed() {
        return failures;
    }

    /** Calls to the cluster that gets the fewest. */
    synchronized int answeredByEach() {
        return answered.size() < all.size() ? 0 : Collections.min(answered.values());
    }

    private synchronized void look() {
        try {
            client().ifPresent(client -> {
                connect(client);
                if (configured) {
                    all.forEach(cluster -> call(cluster, client));
                }
            });
        } catch (KubernetesClientException away) {
            // the API server is asked again in a moment; what the proxy has stays
        } catch (RuntimeException unexpected) {
            failures.add(unexpected.toString());
        }
    }

    /** A client that is being replaced makes no call. */
    private Optional<Pod> client() {
        return own.ready(HelloWorldWorkloads.CALLER, Map.of("app", "curl"), false).stream()
                .findFirst();
    }

    private void connect(Pod client) {
        if (!client.getMetadata().getUid().equals(pod)) {
            pod = client.getMetadata().getUid();
            disconnect();
            told = Set.of();
            configured = false;
        }
        if (stream != null && stream.isOpen()) {
            return;
        }
        disconnect();
        WatchedCluster home = controlPlaneOf(own);
        String revision = client.getMetadata().getAnnotations().getOrDefault("istio.io/rev", "default");
        Optional<Pod> istiod =
                home.ready(LiveCluster.ISTIO_SYSTEM, Map.of("app", "istiod", "istio.io/rev", revision), true).stream()
                        .findFirst();
        if (istiod.isEmpty()) {
            unserved++;
            return;
        }
        connections++;
        revisions.add(revision);
        forward = home.cluster()
                .client()
                .pods()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withName(istiod.get().getMetadata().getName())
                .portForward(ADS_PORT);
        String id = "sidecar~%s~%s.%s~%s.svc.cluster.local"
                .formatted(
                        client.getStatus().getPodIP(),
                        client.getMetadata().getName(),
                        HelloWorldWorkloads.CALLER,
                        HelloWorldWorkloads.CALLER);
        Map<String, String> metadata = Map.of(
                "CLUSTER_ID", own.name(),
                "NETWORK", networks.get(own.name()),
                "NAMESPACE", HelloWorldWorkloads.CALLER,
                "ISTIO_VERSION", version(client));
        stream = new DiscoveryStream(vertx, forward.getLocalPort(), id, metadata, SERVICE, this::heard);
    }

    private static String version(Pod client) {
        return Stream.concat(client.getSpec().getInitContainers().stream(), client.getSpec().getContainers().stream())
                .filter(container -> container.getName().equals("istio-proxy"))
                .map(container ->
                        container.getImage().substring(container.getImage().lastIndexOf(':') + 1))
                .findFirst()
                .orElse("");
    }

    /** On a thread of the stream. A message with an address that nobody knows yet is for the next look. */
    private void heard(Set<String> addresses) {
        Set<String> every = known.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        if (every.containsAll(addresses)) {
            known.entrySet().stream()
                    .filter(ways -> !ways.getValue().isEmpty() && Collections.disjoint(ways.getValue(), addresses))
                    .forEach(ways -> failures.add("%s from %s: left out, told %s, before %s"
                            .formatted(ways.getKey(), own.name(), addresses, told)));
        }
        told = addresses;
        configured = true;
        messages.incrementAndGet();
    }

    /** Of the pods that may answer, and of one that would start now. */
    private Stream<WorkloadIdentity> identities(WatchedCluster cluster) {
        return Stream.concat(
                cluster.ready(HelloWorldWorkloads.SHOP, SERVER, false).stream().map(pod -> identity(cluster, pod)),
                Stream.of(WorkloadIdentity.of(cluster, HelloWorldWorkloads.SHOP, controlPlaneOf(cluster))));
    }

    /** As it was when the pod was seen first, for only its next certificate changes it. */
    private WorkloadIdentity identity(WatchedCluster cluster, Pod pod) {
        return identities.computeIfAbsent(
                pod.getMetadata().getUid(),
                uid -> WorkloadIdentity.of(cluster, pod.getMetadata().getNamespace(), controlPlaneOf(cluster)));
    }

    private void call(WatchedCluster cluster, Pod client) {
        WorkloadIdentity mine = identity(own, client);
        if (Collections.disjoint(told, ways(cluster, false)) && Collections.disjoint(told, ways(cluster, true))) {
            failures.add("%s from %s: no way, told %s, there %s"
                    .formatted(cluster.name(), own.name(), told, ways(cluster, true)));
        } else if (!identities(cluster)
                .allMatch(server -> agreed.computeIfAbsent(List.of(mine, server), both -> mine.agreesWith(server)))) {
            failures.add("%s from %s: the certificates of client and server do not lead to roots of both"
                    .formatted(cluster.name(), own.name()));
        } else {
            answered.merge(cluster.name(), 1, Integer::sum);
        }
    }

    /** @param now reads from the API server, which may be ahead of a watch */
    private Set<String> ways(WatchedCluster cluster, boolean now) {
        Set<String> ways = Objects.equals(networks.get(cluster.name()), networks.get(own.name()))
                ? cluster.ready(HelloWorldWorkloads.SHOP, SERVER, now).stream()
                        .map(found -> found.getStatus().getPodIP())
                        .collect(Collectors.toSet())
                : cluster.services(NETWORK, Objects.requireNonNull(networks.get(cluster.name())), now).stream()
                        .filter(gateway -> !cluster.ready(
                                        LiveCluster.ISTIO_SYSTEM,
                                        gateway.getSpec().getSelector(),
                                        now)
                                .isEmpty())
                        .flatMap(gateway -> gateway.getStatus().getLoadBalancer().getIngress().stream())
                        .map(ingress -> ingress.getIp())
                        .collect(Collectors.toSet());
        known.computeIfAbsent(cluster.name(), name -> ConcurrentHashMap.newKeySet())
                .addAll(ways);
        return ways;
    }

    private static String networkOf(LiveCluster cluster) {
        return cluster.client()
                .namespaces()
                .withName(LiveCluster.ISTIO_SYSTEM)
                .get()
                .getMetadata()
                .getLabels()
                .getOrDefault(NETWORK, "");
    }

    private void disconnect() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
        if (forward != null) {
            try {
                forward.close();
            } catch (IOException gone) {
                // so is its pod
            }
            forward = null;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            disconnect();
        }
        var unused = vertx.close();
    }

    @Override
    public synchronized String toString() {
        return "client of %s: answered by %s; %d connections to istiods of %s, %d messages, %.1f s without an istiod; failed %s"
                .formatted(
                        own.name(),
                        answered,
                        connections,
                        revisions,
                        messages.get(),
                        unserved * INTERVAL_MILLIS / 1000.0,
                        failures);
    }
}

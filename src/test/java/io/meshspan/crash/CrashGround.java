package io.meshspan.crash;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.sandbox.InstalledMesh;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Workloads;
import io.meshspan.service.Carried;
import io.meshspan.service.ServiceChanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Stand-in clusters, which live on while the processes that work on them are killed. */
final class CrashGround implements AutoCloseable {

    static final String VERSION = "1.30.3";
    static final String OLDER_VERSION = "1.29.6";

    private static final String SHOP = "shop";
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final Sandbox sandbox;
    private final List<String> names;
    private final boolean oneNetwork;
    private final Map<String, Set<String>> bare = new HashMap<>();

    CrashGround(KillSwitch kill, int clusters, boolean oneNetwork) {
        this.oneNetwork = oneNetwork;
        this.names = IntStream.rangeClosed(1, clusters)
                .mapToObj(number -> "cluster" + number)
                .toList();
        this.sandbox = Sandbox.start(names.stream()
                .map(name -> SandboxCluster.named(name, network(name)).hear(call -> kill.called()))
                .toArray(SandboxCluster[]::new));
    }

    List<String> clusters() {
        return names;
    }

    /** What a process needs on its command line to work on them. */
    List<String> arguments(Path folder) {
        List<String> arguments = new ArrayList<>(List.of(
                "--meshspan.inventory.kubeconfig=" + sandbox.kubeconfig(),
                "--meshspan.charts.source=" + Sandbox.charts(OLDER_VERSION, VERSION),
                "--meshspan.trust.keystore=" + folder.resolve("root-ca.p12"),
                // The path to the sandbox keeps nothing back.
                "--meshspan.api-server.late-write-within=6s",
                "--meshspan.wait.call-again=200ms"));
        for (String name : names) {
            String key = "--meshspan.inventory.clusters." + name;
            arguments.add(key + ".network=" + network(name));
            arguments.add(key + ".api-server=" + sandbox.apiServer(name));
        }
        return arguments;
    }

    /** What is on record of a change of all of them, once it has come to its end. */
    Kept carry(Supplier<ServiceChanges> service, String process, String reason) {
        return carry(service, Carried.installation(process, VERSION, names), reason);
    }

    /** The same of any change that the API takes. */
    Kept carry(Supplier<ServiceChanges> service, Map<String, ?> request, String reason) {
        return Kept.of(new Carried(service, request, reason, LIMIT).toItsEnd());
    }

    /** The same of a change that the service begins by itself. */
    Kept carryOwn(Supplier<ServiceChanges> service, String process, Set<String> known) {
        return Kept.of(Carried.begunByTheService(service, process, known, LIMIT).toItsEnd());
    }

    /** The longest time for which the API servers issue tokens. */
    void longestTokens(Duration longest) {
        names.forEach(name -> sandbox.cluster(name).longestToken(longest));
    }

    /** A mesh that Meshspan did not make. */
    void installByHelm() {
        new InstalledMesh(sandbox, Carried.MESH, InstalledMesh.Tool.HELM, names, List.of()).install();
    }

    /** Workloads with sidecars in each cluster that has them injected. */
    void use() {
        names.forEach(name -> {
            KubernetesClient client = sandbox.client(name);
            client.resource(Workloads.injected(SHOP)).create();
            client.resource(Workloads.deployment(SHOP, "web", "example.org/web:1"))
                    .create();
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            client.pods().inNamespace(SHOP).list().getItems().size() == 2);
        });
    }

    /** Something of the mesh is deleted by hand. */
    void drift() {
        var unused = sandbox.client(names.get(0))
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace("istio-system")
                .withName("istiod")
                .delete();
    }

    private String network(String name) {
        return oneNetwork ? "network1" : name.replace("cluster", "network");
    }

    /** So long until a load balancer has one. */
    void delayAddresses(Duration delay) {
        names.forEach(name -> sandbox.cluster(name).addressDelay(delay));
    }

    /**
     * Makes the clusters as new: as they are when this is asked for the first time, since their controllers make a few
     * objects of their own after the start. They may also still make something of what was there.
     */
    void clear() {
        names.forEach(this::remember);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> names.stream()
                        .map(name -> sandbox.reduce(name, bare.getOrDefault(name, Set.of())))
                        .reduce(true, Boolean::logicalAnd));
    }

    private void remember(String name) {
        bare.putIfAbsent(name, Set.copyOf(sandbox.objects(name).keySet()));
    }

    /** Whether no change holds any of them. */
    boolean free() {
        return names.stream()
                .flatMap(name -> sandbox.objects(name).values().stream())
                .filter(object -> object.path("kind").asText().equals("Lease"))
                .allMatch(lease -> lease.at("/spec/holderIdentity").asText().isEmpty());
    }

    EndState state() {
        return EndState.of(sandbox, names);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}

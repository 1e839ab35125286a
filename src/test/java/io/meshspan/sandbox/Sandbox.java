package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Stand-in Kubernetes clusters in this process, reached over HTTP on loopback as real ones are: by a kubeconfig. They
 * give addresses, start pods, issue tokens and play istiod; a call from pod to pod is answered by the mesh's true state,
 * so that a mesh with a piece missing fails here too.
 */
public final class Sandbox implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final SandboxFleet sandboxFleet = new SandboxFleet();
    private final List<ApiServer> servers = new ArrayList<>();
    private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();
    private final ControlLoop controllers = new ControlLoop(List.of(
            new NamespaceController(),
            new CrdController(),
            new TokenController(),
            new AddressController(),
            new DeploymentController(),
            new PodController(),
            new IstiodController()));
    private final Path kubeconfig;

    private Sandbox(SandboxCluster... clusters) {
        Shell shell = new Shell(new MeshTruth());
        for (SandboxCluster each : clusters) {
            RunningCluster cluster = new RunningCluster(each, 1 + servers.size(), sandboxFleet);
            ApiServer server = new ApiServer(cluster, shell);
            cluster.started(server.start(), in -> controllers.wake(cluster, in));
            sandboxFleet.add(cluster);
            servers.add(server);
        }
        kubeconfig = Kubeconfig.write(sandboxFleet.all());
    }

    /** Starts as many clusters as are named; each answers before this returns. */
    public static Sandbox start(SandboxCluster... clusters) {
        return new Sandbox(clusters);
    }

    /** A file with one context a cluster, named like it, whose user is an administrator by token. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The address of a cluster's API server: {@code http://127.0.0.1:port}. */
    public String apiServer(String cluster) {
        return sandboxFleet.named(cluster).apiServer();
    }

    /** The levers of a cluster. */
    public SandboxCluster cluster(String name) {
        return sandboxFleet.named(name).levers();
    }

    /** A client of an administrator, which waits longer than usual where many tests run at once; the sandbox closes it. */
    public KubernetesClient client(String cluster) {
        return clients.computeIfAbsent(
                cluster,
                name -> new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                                .withMasterUrl(apiServer(name))
                                .withRequestTimeout(PATIENCE_MILLIS)
                                .withOauthToken(
                                        sandboxFleet.named(name).tokens().tester())
                                .build())
                        .build());
    }

    /** The folder of the stand-in charts {@code base}, {@code istiod} and {@code gateway}, unpacked on the class path. */
    public static Path charts() {
        try {
            return Path.of(Objects.requireNonNull(Sandbox.class.getResource("/sandbox/charts"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the sandbox's charts are not on the class path", e);
        }
    }

    /** The same charts as those of several versions, each in a folder of its own: a source with {@code {version}}. */
    public static String charts(String... versions) {
        try {
            Path all = Files.createTempDirectory("sandbox-charts");
            for (String version : versions) {
                copy(charts(), all.resolve(version), version);
            }
            return all + "/{version}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to, String version) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else if (file.endsWith("Chart.yaml")) {
                    Files.writeString(
                            copied,
                            Files.readString(file).replaceAll("(?m)^(version|appVersion): .*$", "$1: " + version));
                } else {
                    Files.copy(file, copied);
                }
            }
        }
    }

    /** What clients from outside wrote to a cluster, in order: without dry runs, and without the sandbox's own writes. */
    public List<Write> writes(String cluster) {
        return sandboxFleet.named(cluster).writes();
    }

    /** Every object of a cluster as it is now, under {@code plural.group namespace/name}. */
    public SortedMap<String, JsonNode> objects(String cluster) {
        SortedMap<String, JsonNode> objects = new TreeMap<>();
        sandboxFleet.named(cluster).store().all().forEach((key, object) -> objects.put(key.toString(), object));
        return objects;
    }

    /**
     * Removes what is not among these, as if the cluster were new.
     *
     * @return whether there was nothing to remove; until then controllers may still make something of what was there
     */
    public boolean reduce(String cluster, Set<String> keys) {
        Store store = sandboxFleet.named(cluster).store();
        List<Key> more = store.all().keySet().stream()
                .filter(key -> !keys.contains(key.toString()))
                .toList();
        more.forEach(store::remove);
        return more.isEmpty();
    }

    @Override
    public void close() {
        clients.values().forEach(KubernetesClient::close);
        controllers.close();
        servers.forEach(ApiServer::close);
        try {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's kubeconfig is still there", e);
        }
    }
}

package io.meshspan.process;

import io.meshspan.MeshspanApplication;
import io.meshspan.faults.FaultyPath;
import io.meshspan.faults.Weather;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole application with the retries that it is delivered with, and a faulty path to each of its clusters. Only the
 * time that a call may take is shorter.
 */
final class StormyApplication implements AutoCloseable {

    private final Sandbox sandbox;
    private final List<FaultyPath> paths = new ArrayList<>();
    private final Weather weather = new Weather();
    private final ConfigurableApplicationContext context;
    private int taken;

    StormyApplication(int clusters) throws IOException {
        sandbox = Sandbox.start(IntStream.rangeClosed(1, clusters)
                .mapToObj(number -> SandboxCluster.named("cluster" + number, "network" + number))
                .toArray(SandboxCluster[]::new));
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:stormy;DB_CLOSE_ON_EXIT=FALSE",
                "--meshspan.charts.source=" + Sandbox.charts(),
                "--meshspan.trust.keystore=" + Files.createTempDirectory("meshspan-it") + "/root-ca.p12",
                "--meshspan.api-server.answer-within=3s",
                "--meshspan.wait.look-again=3s",
                "--meshspan.wait.call-again=200ms"));
        String kubeconfig = Files.readString(sandbox.kubeconfig());
        for (int number = 1; number <= clusters; number++) {
            String name = "cluster" + number;
            FaultyPath path = FaultyPath.to(sandbox.apiServer(name), weather);
            paths.add(path);
            kubeconfig = kubeconfig.replace(sandbox.apiServer(name) + "\"", path.url() + "\"");
            String key = "--meshspan.inventory.clusters." + name;
            settings.add(key + ".network=network" + number);
            settings.add(key + ".api-server=" + sandbox.apiServer(name));
        }
        Path through = Files.writeString(sandbox.kubeconfig(), kubeconfig);
        settings.add("--meshspan.inventory.kubeconfig=" + through);
        context = new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .run(settings.toArray(String[]::new));
    }

    Weather weather() {
        return weather;
    }

    FaultyPath pathTo(String cluster) {
        return paths.get(Integer.parseInt(cluster.substring("cluster".length())) - 1);
    }

    /** Two clusters that no other test touches. */
    List<String> takeTwo() {
        taken += 2;
        return List.of("cluster" + (taken - 1), "cluster" + taken);
    }

    Change request(String process, List<String> clusters) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("meshId", "mesh-of-" + clusters.get(0));
        inputs.put("istioVersion", "1.30.3");
        inputs.put("clusters", String.join(",", clusters));
        inputs.put("reason", "a test");
        return Change.request(
                context.getBean(ProcessEngine.class), "olivia", process, "mesh-of-" + clusters.get(0), inputs);
    }

    /** What was written to a cluster, each object once; the Secrets of the other cluster bear its name. */
    Set<String> written(List<String> clusters) {
        return clusters.stream()
                .flatMap(name -> sandbox.writes(name).stream()
                        .map(write -> "cluster %d: %s".formatted(clusters.indexOf(name), object(clusters, write))))
                .collect(Collectors.toSet());
    }

    private static String object(List<String> clusters, Write write) {
        String name = write.name().replaceFirst("cluster\\d+$", "");
        int other = clusters.indexOf(write.name().substring(name.length()));
        return "%s %s/%s%s".formatted(write.kind(), write.namespace(), name, other < 0 ? "" : other);
    }

    @Override
    public void close() throws IOException {
        context.close();
        for (FaultyPath path : paths) {
            path.close();
        }
        sandbox.close();
    }
}

package io.meshspan.process;

import io.meshspan.MeshspanApplication;
import io.meshspan.faults.Fault;
import io.meshspan.faults.FaultyPath;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.sandbox.Write;
import io.meshspan.secrets.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole application with as many retries as it is delivered with, a faulty path to each of its clusters, and a database
 * that can stop.
 */
final class StormyApplication implements AutoCloseable {

    private final Violence violence;
    private final Sandbox sandbox;
    private final StoppableDatabase database = new StoppableDatabase();
    private final Map<String, FaultyPath> paths = new LinkedHashMap<>();
    private final ConfigurableApplicationContext context;

    StormyApplication(Violence violence) throws IOException {
        this.violence = violence;
        List<String> names =
                Storm.all().flatMap(storm -> storm.clusters().stream()).toList();
        sandbox = Sandbox.start(names.stream()
                .map(name -> SandboxCluster.named(name, "network-of-" + name))
                .toArray(SandboxCluster[]::new));
        names.forEach(name -> paths.put(name, FaultyPath.to(sandbox.apiServer(name), violence.late())));
        leadThroughPaths();
        context = new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .run(settings().toArray(String[]::new));
    }

    private void leadThroughPaths() throws IOException {
        String kubeconfig = Files.readString(sandbox.kubeconfig());
        for (Map.Entry<String, FaultyPath> path : paths.entrySet()) {
            kubeconfig = kubeconfig.replace(
                    sandbox.apiServer(path.getKey()) + "\"", path.getValue().url() + "\"");
        }
        Files.writeString(sandbox.kubeconfig(), kubeconfig);
    }

    private List<String> settings() throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--meshspan.charts.source=" + Sandbox.charts(),
                "--meshspan.trust.keystore=" + Files.createTempDirectory("meshspan-it") + "/root-ca.p12",
                "--meshspan.trust.keystore-password=" + Services.KEYSTORE_PASSWORD,
                "--meshspan.api-server.answer-within=" + violence.answerWithin().toMillis() + "ms",
                "--camunda.bpm.generic-properties.properties.failed-job-retry-time-cycle=" + violence.retries(),
                "--meshspan.wait.look-again=3s",
                "--meshspan.node.take-over=8s",
                "--meshspan.wait.call-again=200ms",
                "--meshspan.inventory.kubeconfig=" + sandbox.kubeconfig()));
        paths.keySet().forEach(name -> {
            String key = "--meshspan.inventory.clusters." + name;
            settings.add(key + ".network=network-of-" + name);
            settings.add(key + ".api-server=" + sandbox.apiServer(name));
        });
        return settings;
    }

    StoppableDatabase database() {
        return database;
    }

    /** From now on the calls to its clusters meet its faults. */
    void raise(Storm storm) {
        storm.clusters()
                .forEach(name -> path(name)
                        .weather()
                        .turn(violence.seed(), storm.share(), storm.faults().toArray(Fault[]::new)));
    }

    void blackout(String cluster) {
        path(cluster).blackout(violence.blackout());
    }

    private FaultyPath path(String cluster) {
        return Objects.requireNonNull(paths.get(cluster));
    }

    /** How often one of its clusters met this fault. */
    int met(Storm storm, Fault fault) {
        return storm.clusters().stream()
                .mapToInt(name -> path(name).weather().met(fault))
                .sum();
    }

    Change request(Storm storm) {
        String mesh = "mesh-of-" + storm.clusters().get(0);
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("meshId", mesh);
        inputs.put("istioVersion", "1.30.3");
        inputs.put("clusters", String.join(",", storm.clusters()));
        inputs.put("reason", "a test");
        return Change.request(context.getBean(ProcessEngine.class), "olivia", storm.topology(), mesh, inputs)
                .within(violence.patience());
    }

    /** What was written to its clusters, each object once; the Secrets of the other cluster bear its name. */
    Set<String> written(Storm storm) {
        List<String> clusters = storm.clusters();
        return clusters.stream()
                .flatMap(name -> sandbox.writes(name).stream()
                        .map(write -> "cluster %d: %s".formatted(clusters.indexOf(name), object(clusters, write))))
                .collect(Collectors.toSet());
    }

    private static String object(List<String> clusters, Write write) {
        String name = write.name().replace(clusters.get(0), "(0)").replace(clusters.get(1), "(1)");
        return "%s %s/%s".formatted(write.kind(), write.namespace(), name);
    }

    @Override
    public void close() throws IOException {
        context.close();
        for (FaultyPath path : paths.values()) {
            path.close();
        }
        sandbox.close();
        database.close();
    }
}

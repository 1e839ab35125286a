package io.meshspan.process;

import io.meshspan.MeshspanApplication;
import io.meshspan.faults.FaultyPath;
import io.meshspan.faults.InjectedFault;
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

    private final InjectedFailure injectedFailure;
    private final Sandbox sandbox;
    private final StoppableDatabase database = new StoppableDatabase();
    private final Map<String, FaultyPath> paths = new LinkedHashMap<>();
    private final ConfigurableApplicationContext context;

    StormyApplication(InjectedFailure injectedFailure) throws IOException {
        this.injectedFailure = injectedFailure;
        List<String> names = FaultStorm.all()
                .flatMap(faultStorm -> faultStorm.clusters().stream())
                .toList();
        sandbox = Sandbox.start(names.stream()
                .map(name -> SandboxCluster.named(name, "network-of-" + name))
                .toArray(SandboxCluster[]::new));
        names.forEach(name -> paths.put(name, FaultyPath.to(sandbox.apiServer(name), injectedFailure.late())));
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
                "--meshspan.api-server.answer-within="
                        + injectedFailure.answerWithin().toMillis() + "ms",
                "--camunda.bpm.generic-properties.properties.failed-job-retry-time-cycle=" + injectedFailure.retries(),
                "--meshspan.api-server.late-write-within=10s",
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
    void raise(FaultStorm faultStorm) {
        faultStorm
                .clusters()
                .forEach(name -> path(name)
                        .weather()
                        .turn(
                                injectedFailure.seed(),
                                faultStorm.share(),
                                faultStorm.faults().toArray(InjectedFault[]::new)));
    }

    void blackout(String cluster) {
        path(cluster).blackout(injectedFailure.blackout());
    }

    private FaultyPath path(String cluster) {
        return Objects.requireNonNull(paths.get(cluster));
    }

    /** How often one of its clusters met this fault. */
    int met(FaultStorm faultStorm, InjectedFault injectedFault) {
        return faultStorm.clusters().stream()
                .mapToInt(name -> path(name).weather().met(injectedFault))
                .sum();
    }

    PlayedChange request(FaultStorm faultStorm) {
        String mesh = "mesh-of-" + faultStorm.clusters().get(0);
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("meshId", mesh);
        inputs.put("istioVersion", "1.30.3");
        inputs.put("clusters", String.join(",", faultStorm.clusters()));
        inputs.put("reason", "a test");
        return PlayedChange.request(context.getBean(ProcessEngine.class), "olivia", faultStorm.topology(), mesh, inputs)
                .within(injectedFailure.patience());
    }

    /** What was written to its clusters, each object once; the Secrets of the other cluster bear its name. */
    Set<String> written(FaultStorm faultStorm) {
        List<String> clusters = faultStorm.clusters();
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

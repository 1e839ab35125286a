package io.meshspan.process;

import io.meshspan.MeshspanApplication;
import io.meshspan.faults.FaultyPath;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.secrets.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application for one test: on clusters of its own behind a path each, and started again as the test has it. */
public final class OwnApplication implements AutoCloseable {

    private static final String DATABASE = "--spring.datasource.url=";
    private static final Duration LATE = Duration.ofSeconds(1);

    private final String database =
            "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE".formatted(UUID.randomUUID());
    private final Path folder;
    private final List<String> settings;
    private final Sandbox sandbox;
    private final Map<String, FaultyPath> paths = new LinkedHashMap<>();
    private ConfigurableApplicationContext context;

    public OwnApplication(int clusters, String... settings) throws IOException {
        this.folder = Files.createTempDirectory("meshspan-it");
        this.settings = Arrays.asList(settings);
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= clusters; number++) {
            names.add("cluster" + number);
        }
        sandbox = Sandbox.start(names.stream()
                .map(name -> SandboxCluster.named(name, "network-of-" + name))
                .toArray(SandboxCluster[]::new));
        String kubeconfig = Files.readString(sandbox.kubeconfig());
        for (String name : names) {
            FaultyPath path = FaultyPath.to(sandbox.apiServer(name), LATE);
            paths.put(name, path);
            kubeconfig = kubeconfig.replace(sandbox.apiServer(name) + "\"", path.url() + "\"");
        }
        Files.writeString(sandbox.kubeconfig(), kubeconfig);
        context = start(names);
    }

    private ConfigurableApplicationContext start(List<String> inventory) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--meshspan.node.id=own",
                "--meshspan.charts.source=" + Sandbox.charts(),
                "--meshspan.trust.keystore=" + folder + "/root-ca.p12",
                "--meshspan.trust.keystore-password=" + Services.KEYSTORE_PASSWORD,
                "--meshspan.wait.call-again=200ms",
                "--camunda.bpm.webapp.enabled=false",
                "--meshspan.wait.look-again=2s",
                "--meshspan.inventory.kubeconfig=" + sandbox.kubeconfig()));
        inventory.forEach(name -> {
            arguments.add("--meshspan.inventory.clusters." + name + ".network=network-of-" + name);
            arguments.add("--meshspan.inventory.clusters." + name + ".api-server=" + sandbox.apiServer(name));
        });
        if (settings.stream().noneMatch(setting -> setting.startsWith(DATABASE))) {
            arguments.add(DATABASE + database);
        }
        arguments.addAll(settings);
        return new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .run(arguments.toArray(String[]::new));
    }

    /** With these clusters in its inventory. */
    void restart(String... inventory) {
        context.close();
        context = start(List.of(inventory));
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    FaultyPath path(String cluster) {
        return Objects.requireNonNull(paths.get(cluster));
    }

    public PlayedChange request() {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("meshId", "mesh1");
        inputs.put("istioVersion", "1.30.3");
        inputs.put("clusters", String.join(",", paths.keySet()));
        inputs.put("reason", "a test");
        return PlayedChange.request(engine(), "olivia", "multi-primary-multi-network", "mesh1", inputs);
    }

    /** The same change, in the application as it runs now. */
    PlayedChange again(PlayedChange playedChange) {
        return playedChange.on(engine());
    }

    private ProcessEngine engine() {
        return context.getBean(ProcessEngine.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() throws IOException {
        context.close();
        for (FaultyPath path : paths.values()) {
            path.close();
        }
        sandbox.close();
    }
}

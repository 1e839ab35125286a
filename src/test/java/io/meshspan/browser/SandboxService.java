package io.meshspan.browser;

import io.meshspan.MeshspanApplication;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.web.SimulatedProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application with the demo's users, on eight sandbox clusters, each on a network of its own. */
final class SandboxService implements AutoCloseable {

    static final List<String> CLUSTERS =
            IntStream.rangeClosed(1, 8).mapToObj(number -> "cluster" + number).toList();

    /** Of the changes that nobody approves; the others have clusters of their own each. */
    static final List<String> UNTOUCHED = List.of("cluster5", "cluster6");

    /** In ms, after which what an identity provider says counts. */
    static final double REFRESHED = 1100;

    private final Sandbox sandbox;
    private final ConfigurableApplicationContext application;

    private SandboxService(Path folder, SimulatedProvider provider) {
        sandbox = Sandbox.start(CLUSTERS.stream()
                .map(name -> SandboxCluster.named(name, network(name)))
                .toArray(SandboxCluster[]::new));
        application = new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .run(Stream.of(settings(folder), inventory(), signOn(provider))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }

    /** @param folder where the root's keystore is made */
    static SandboxService started(Path folder, SimulatedProvider provider) {
        return new SandboxService(folder, provider);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    String address() {
        return "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    @Override
    public void close() {
        application.close();
        sandbox.close();
    }

    private Stream<String> settings(Path folder) {
        return Stream.of(
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:browser",
                "--meshspan.emergency.requesters=oscar",
                "--meshspan.trust.keystore=" + folder.resolve("root.p12"),
                "--meshspan.charts.source=" + Sandbox.charts(),
                "--meshspan.inventory.kubeconfig=" + sandbox.kubeconfig());
    }

    private static Stream<String> signOn(SimulatedProvider provider) {
        String corp = "--meshspan.login.providers.corp.";
        return Stream.of(
                "--meshspan.login.refresh-every=1s",
                corp + "display-name=Corp SSO",
                corp + "issuer=" + provider.issuer("corp"),
                corp + "client-id=" + SimulatedProvider.CLIENT,
                corp + "roles.operators=mesh-ops",
                corp + "roles.change-managers=mesh-approvers",
                corp + "roles.auditors=audit");
    }

    private Stream<String> inventory() {
        return CLUSTERS.stream()
                .flatMap(name -> Stream.of(
                        "--meshspan.inventory.clusters.%s.network=%s".formatted(name, network(name)),
                        "--meshspan.inventory.clusters.%s.api-server=%s".formatted(name, sandbox.apiServer(name))));
    }

    private static String network(String cluster) {
        return cluster.replace("cluster", "network");
    }
}

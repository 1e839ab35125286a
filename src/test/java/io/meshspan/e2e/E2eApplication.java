package io.meshspan.e2e;

import io.meshspan.MeshspanApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application, started as anybody would start it; it knows of no test. */
final class E2eApplication implements AutoCloseable {

    private static final String SOON = "8s";

    private final String[] arguments;
    private ConfigurableApplicationContext context;

    private E2eApplication(String[] arguments) {
        this.arguments = arguments;
        this.context = run(arguments);
    }

    /** @param more properties besides those that the suite is told from outside */
    static E2eApplication start(Settings settings, Map<String, String> more) {
        Map<String, String> properties = properties(settings);
        properties.putAll(more);
        return new E2eApplication(properties.entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new));
    }

    /** With the same properties, and with what the database and the keystore keep. */
    void restart() {
        context.close();
        context = run(arguments);
    }

    private static ConfigurableApplicationContext run(String[] arguments) {
        return new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .run(arguments);
    }

    Rest as(String user) {
        return rest(user, "/engine-rest");
    }

    /** Meshspan's own interface, as pipelines use it. */
    Rest pipelineOf(String user) {
        return rest(user, "/api");
    }

    private Rest rest(String user, String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return new Rest(URI.create("http://127.0.0.1:" + port + path), user);
    }

    private static Map<String, String> properties(Settings settings) {
        Map<String, String> properties = about(settings);
        properties.put("server.port", "0");
        properties.put("spring.datasource.url", "jdbc:h2:mem:e2e;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=256");
        properties.put("meshspan.trust.keystore", temporaryFolder() + "/root-ca.p12");
        properties.put("meshspan.trust.keystore-password", UUID.randomUUID().toString());
        return properties;
    }

    /** What any service that works on the clusters is told of them. */
    static Map<String, String> about(Settings settings) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(
                "meshspan.inventory.kubeconfig",
                GivenObjects.APPLICATION_KUBECONFIG
                        .text()
                        .orElse(settings.kubeconfig().toString()));
        settings.clusters().forEach(cluster -> inventory(properties, cluster));
        GivenObjects.CHARTS.text().ifPresent(charts -> properties.put("meshspan.charts.source", charts));
        GivenObjects.HUB.text().ifPresent(hub -> properties.put("meshspan.charts.hub", hub));
        properties.put("meshspan.wait.sync", SOON);
        GivenObjects.ADDRESS_LIMIT.text().ifPresent(limit -> properties.put("meshspan.wait.address", limit));
        return properties;
    }

    private static void inventory(Map<String, String> properties, GivenCluster cluster) {
        String key = "meshspan.inventory.clusters." + cluster.context();
        properties.put(key + ".network", cluster.network());
        cluster.apiServer().ifPresent(address -> properties.put(key + ".api-server", address));
    }

    private static String temporaryFolder() {
        try {
            return Files.createTempDirectory("meshspan-e2e").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}

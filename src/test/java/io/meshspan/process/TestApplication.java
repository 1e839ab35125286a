package io.meshspan.process;

import io.meshspan.MeshspanApplication;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.secrets.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application, started once for all tests, on a fleet of sandbox clusters of which each test takes some. */
public final class TestApplication {

    /** The first of them on networks of their own, those from here on all on one. */
    private static final int FIRST_TOGETHER = 201;

    private static final int CLUSTERS = 260;

    /** Those from here on have names in Istio and networks that are no DNS labels. */
    private static final int FIRST_ODD = CLUSTERS + 1;

    private static final int LAST = CLUSTERS + 4;

    static final Sandbox SANDBOX = Sandbox.start(
            IntStream.rangeClosed(1, LAST).mapToObj(TestApplication::cluster).toArray(SandboxCluster[]::new));
    static final ReceivedEvents EVENTS = ReceivedEvents.listen();
    static final ConfigurableApplicationContext CONTEXT = start();
    public static final ProcessEngine ENGINE = CONTEXT.getBean(ProcessEngine.class);

    private static final AtomicInteger APART = new AtomicInteger(1);
    private static final AtomicInteger TOGETHER = new AtomicInteger(FIRST_TOGETHER);
    private static final AtomicInteger ODD = new AtomicInteger(FIRST_ODD);

    private TestApplication() {}

    /** Two clusters that no other test touches, on two networks. */
    public static ProcessFleet take() {
        return take(2);
    }

    /**
     * So many clusters that no other test touches, each on a network of its own. Their numbers have as many digits, so that their
     * names are in the same order whoever sorts them.
     */
    public static ProcessFleet take(int count) {
        int first = APART.getAndAdd(count);
        boolean alike = digits(first) == digits(first + count - 1);
        return alike ? fleet(first, count, FIRST_TOGETHER) : take(count);
    }

    private static int digits(int number) {
        return String.valueOf(number).length();
    }

    /** So many clusters that no other test touches, on one network. */
    static ProcessFleet takeOnOneNetwork(int count) {
        return fleet(TOGETHER.getAndAdd(count), count, CLUSTERS + 1);
    }

    /** Two clusters with names in Istio and networks that are no DNS labels. */
    static ProcessFleet takeOddlyNamed() {
        return fleet(ODD.getAndAdd(2), 2, LAST + 1);
    }

    /** The name of an oddly named cluster in Istio. */
    static String istioName(String cluster) {
        return "gke_Acme-prod_europe-west1_" + cluster + ".eu";
    }

    private static ProcessFleet fleet(int first, int count, int end) {
        if (first + count > end) {
            throw new IllegalStateException("the tests need more sandbox clusters than there are");
        }
        return new ProcessFleet(
                IntStream.range(first, first + count)
                        .mapToObj(number -> "cluster" + number)
                        .toList(),
                "mesh" + first);
    }

    private static String network(int number) {
        if (number >= FIRST_ODD) {
            return "VPC_eu.prod-" + number;
        }
        return number < FIRST_TOGETHER ? "network" + number : "network-of-many";
    }

    private static SandboxCluster cluster(int number) {
        return SandboxCluster.named("cluster" + number, network(number));
    }

    private static ConfigurableApplicationContext start() {
        String[] arguments = properties().entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(MeshspanApplication.class)
                .profiles("demo")
                .run(arguments);
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.port", "0");
        properties.put("spring.datasource.url", "jdbc:h2:mem:meshspan-it;DB_CLOSE_ON_EXIT=FALSE");
        properties.put("meshspan.inventory.kubeconfig", SANDBOX.kubeconfig().toString());
        properties.put("meshspan.charts.source", Sandbox.charts("1.29.6", "1.30.3"));
        properties.put("meshspan.trust.keystore", temporaryFolder() + "/root-ca.p12");
        properties.put("meshspan.trust.keystore-password", Services.KEYSTORE_PASSWORD);
        properties.put("meshspan.wait.address", "4s");
        properties.put("meshspan.wait.remote", "20s");
        properties.put("meshspan.wait.sync", "4s");
        properties.put("meshspan.wait.sample", "20s");
        properties.put("meshspan.wait.call-again", "200ms");
        properties.put("meshspan.emergency.requesters", "olivia");
        properties.put("meshspan.api-server.late-write-within", "10s");
        properties.put("camunda.bpm.generic-properties.properties.failed-job-retry-time-cycle", "PT1S,PT1S");
        properties.put("logging.level.io.vertx.core.impl.BlockedThreadChecker", "off");
        receiver(properties);
        IntStream.rangeClosed(1, LAST).forEach(number -> inventory(properties, "cluster" + number, number));
        return properties;
    }

    /** Of all meshes; a test looks for its own. */
    private static void receiver(Map<String, String> properties) {
        properties.put("meshspan.notifications.receivers.test.format", "cloudevents");
        properties.put("meshspan.notifications.receivers.test.url", EVENTS.url());
        properties.put("meshspan.notifications.receivers.test.key-file", EVENTS.keyFile());
        properties.put(
                "meshspan.notifications.receivers.test.events", "drift,verification-failed,verification-recovered");
        properties.put("meshspan.notifications.every", "200ms");
    }

    private static void inventory(Map<String, String> properties, String name, int number) {
        String key = "meshspan.inventory.clusters." + name;
        properties.put(key + ".network", network(number));
        properties.put(key + ".api-server", SANDBOX.apiServer(name));
        if (number >= FIRST_ODD) {
            properties.put(key + ".cluster-name", istioName(name));
        }
    }

    private static String temporaryFolder() {
        try {
            return Files.createTempDirectory("meshspan-it").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.meshspan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import io.meshspan.DemoUsers;
import io.meshspan.manifest.ChartServer;
import io.meshspan.manifest.ServerCertificate;
import io.meshspan.sandbox.Sandbox;
import io.meshspan.sandbox.SandboxCluster;
import io.meshspan.service.Carried;
import io.meshspan.service.ServiceNode;
import io.meshspan.service.UnusedPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.RestClient;

/**
 * An image that Jib wrote as a file, unpacked and started as a container engine starts it: its own command and environment, as
 * user 10001 without capabilities, on a root file system that is read-only but for {@code /tmp}. Needs root and bubblewrap, and uses
 * the Java of this machine where the image was made without a base.
 */
class ImageIT {

    private static final String IMAGE = "meshspan.image";
    private static final String CHARTS_USER = "charts";
    private static final String CHARTS_PASSWORD = "of the chart server of this test";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path folder = Path.of("");

    private Path kubeconfig = Path.of("");
    private JsonNode config = JSON.nullNode();

    @BeforeEach
    void unpack() throws Exception {
        String image = System.getProperty(IMAGE, "");
        Assumptions.assumeTrue(
                !image.isEmpty(),
                "skipped, because it needs an image; make one (docs/testing.md) and name it by -D%s=target/jib-image.tar"
                        .formatted(IMAGE));
        for (String name : List.of("image", "root", "plugins", "given", "charts")) {
            Files.createDirectory(folder.resolve(name));
        }
        run("tar", "-xf", image, "-C", folder.resolve("image").toString());
        JsonNode manifest =
                JSON.readTree(folder.resolve("image/manifest.json").toFile()).path(0);
        config = JSON.readTree(folder.resolve("image")
                .resolve(manifest.path("Config").asText())
                .toFile());
        for (JsonNode layer : manifest.path("Layers")) {
            run(
                    "tar",
                    "-xzf",
                    folder.resolve("image").resolve(layer.asText()).toString(),
                    "-C",
                    folder.resolve("root").toString());
        }
    }

    @Test
    void shouldHaveHelmsLibraryOfItsProcessorInALayerThatChangesSeldom() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("root/app"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith(
                            "linux-" + config.path("architecture").asText() + "-"))
                    .noneMatch(name -> name.contains("-test"));
        }
        List<String> layers = config.path("history").findValuesAsText("comment");
        assertThat(layers).containsSubsequence("dependencies", "resources", "classes");
        assertThat(config.at("/config/User").asText()).isEqualTo("10001:0");
    }

    @Test
    void shouldCarryOutAWholeChangeWithNothingButTmpToWriteTo() throws Exception {
        // given
        ServerCertificate certificate = new ServerCertificate();
        certificate.writeAuthority(folder.resolve("given/ca.pem"));
        for (String chart : List.of("base", "istiod", "gateway")) {
            new Helm(Sandbox.charts().resolve(chart))
                    .packageIt()
                    .withDestination(folder.resolve("charts"))
                    .call();
        }
        Files.writeString(folder.resolve("charts/index.yaml"), index());
        Files.copy(
                Path.of(Objects.requireNonNull(getClass().getResource("/application-demo.yaml"))
                        .toURI()),
                folder.resolve("given/application.yaml"));
        int management = UnusedPort.find();
        try (ChartServer charts =
                        ChartServer.start(folder.resolve("charts"), certificate.tls(), CHARTS_USER, CHARTS_PASSWORD);
                Sandbox sandbox = Sandbox.start(
                        SandboxCluster.named("cluster1", "network1"), SandboxCluster.named("cluster2", "network2"))) {
            kubeconfig = sandbox.kubeconfig();
            loginByPlugin();
            run("chmod", "-R", "a+rX", folder.toString(), kubeconfig.toString());
            ServiceNode service = ServiceNode.startBy(
                    command(true),
                    "image",
                    folder,
                    List.of(
                            "--spring.config.additional-location=/given/",
                            "--management.server.port=" + management,
                            "--meshspan.inventory.kubeconfig=/kubeconfig",
                            "--meshspan.inventory.clusters.cluster1.network=network1",
                            "--meshspan.inventory.clusters.cluster1.api-server=" + sandbox.apiServer("cluster1"),
                            "--meshspan.inventory.clusters.cluster2.network=network2",
                            "--meshspan.inventory.clusters.cluster2.api-server=" + sandbox.apiServer("cluster2"),
                            "--meshspan.trust.keystore=/tmp/root-ca.p12",
                            "--meshspan.charts.source=" + charts.url(),
                            "--meshspan.charts.ca-file=/given/ca.pem",
                            "--meshspan.charts.username=" + CHARTS_USER,
                            "--meshspan.charts.password=" + CHARTS_PASSWORD));
            try {
                // when
                JsonNode change = new Carried(
                                service.ready()::changes,
                                Carried.installation(
                                        "multi-primary-multi-network", "1.30.3", List.of("cluster1", "cluster2")),
                                "from the image",
                                Duration.ofMinutes(15))
                        .toItsEnd();

                // then
                assertThat(change.at("/change/outcome").asText()).isEqualTo("Mesh verified");
                assertThat(charts.requests()).contains("/index.yaml", "/istiod-1.30.3.tgz", "/gateway-1.30.3.tgz");
                assertThat(RestClient.create()
                                .get()
                                .uri("http://127.0.0.1:" + management + "/actuator/health/readiness")
                                .headers(headers -> headers.setBasicAuth("admin", DemoUsers.PASSWORD))
                                .retrieve()
                                .body(String.class))
                        .contains("UP");
                assertThat(status(service)).contains("Uid:\t10001", "CapEff:\t0000000000000000", "NoNewPrivs:\t1");
                assertThat(writable()).containsExactly("/tmp");
            } finally {
                service.kill();
            }
        }
    }

    /** A program in a volume at /plugins logs in, as aws-iam-authenticator or kubelogin do. */
    private void loginByPlugin() throws IOException {
        ObjectNode given = (ObjectNode) YAML.readTree(kubeconfig.toFile());
        for (JsonNode user : given.path("users")) {
            String token = user.at("/user/token").asText();
            ObjectNode exec = ((ObjectNode) user).putObject("user").putObject("exec");
            exec.put("apiVersion", "client.authentication.k8s.io/v1")
                    .put("command", "company-login")
                    .put("interactiveMode", "Never")
                    .putArray("args")
                    .add(token);
        }
        YAML.writeValue(kubeconfig.toFile(), given);
        Path plugin = Files.writeString(
                folder.resolve("plugins/company-login"),
                "#!/bin/sh\nprintf '{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\","
                        + " \"status\": {\"token\": \"%s\"}}' \"$1\"\n");
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String index() {
        StringBuilder entries = new StringBuilder("apiVersion: v1\nentries:\n");
        for (String chart : List.of("base", "istiod", "gateway")) {
            entries.append("  %1$s:\n  - {apiVersion: v2, name: %1$s, version: 1.30.3, urls: [%1$s-1.30.3.tgz]}\n"
                    .formatted(chart));
        }
        return entries.toString();
    }

    /** Which of the folders that a program might write to can be written. */
    private List<String> writable() throws Exception {
        List<String> probe = new ArrayList<>(command(false));
        probe.addAll(List.of(
                "/bin/sh",
                "-c",
                "for f in / /app /app/libs /etc /given /plugins /var/lib/meshspan /usr/bin /opt/java/openjdk /tmp;"
                        + " do touch $f/probe 2>/dev/null && echo $f; done; true"));
        Process process = new ProcessBuilder(probe).redirectErrorStream(true).start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return written.lines().toList();
    }

    /** @param start whether with the image's own command and the kubeconfig */
    private List<String> command(boolean start) {
        List<String> command = new ArrayList<>(
                List.of("bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--cap-add", "ALL"));
        if (Files.exists(folder.resolve("root/opt/java/openjdk"))) {
            mount(command, folder.resolve("root").toString(), "/");
        } else {
            for (String machines : List.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc")) {
                if (Files.exists(Path.of(machines))) {
                    mount(command, machines, machines);
                }
            }
            // bubblewrap makes the folders above a mount for its owner alone
            for (String above : List.of("/opt", "/opt/java", "/var", "/var/lib", "/var/lib/meshspan")) {
                command.addAll(List.of("--perms", "0755", "--dir", above));
            }
            mount(command, System.getProperty("java.home"), "/opt/java/openjdk");
            mount(command, folder.resolve("root/app").toString(), "/app");
        }
        mount(command, folder.resolve("given").toString(), "/given");
        if (start) {
            mount(command, kubeconfig.toString(), "/kubeconfig");
        }
        mount(command, folder.resolve("plugins").toString(), "/plugins");
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"));
        command.addAll(List.of("--remount-ro", "/", "--clearenv"));
        config.at("/config/Env").forEach(variable -> {
            String text = variable.asText();
            command.addAll(
                    List.of("--setenv", text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1)));
        });
        command.addAll(List.of("--chdir", config.at("/config/WorkingDir").asText()));
        String user = config.at("/config/User").asText();
        command.addAll(List.of(
                "setpriv",
                "--reuid=" + user.substring(0, user.indexOf(':')),
                "--regid=" + user.substring(user.indexOf(':') + 1),
                "--clear-groups",
                "--bounding-set=-all",
                "--inh-caps=-all",
                "--no-new-privs"));
        if (start) {
            config.at("/config/Entrypoint").forEach(part -> command.add(part.asText()));
        }
        return command;
    }

    private static void mount(List<String> command, String from, String to) {
        command.addAll(List.of("--ro-bind", from, to));
    }

    private static String status(ServiceNode service) throws IOException {
        ProcessHandle java = ProcessHandle.of(service.pid())
                .orElseThrow()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        return Files.readString(Path.of("/proc", String.valueOf(java.pid()), "status"));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}

package io.meshspan.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot work is told when the service starts, in words, with an exit code of its own. */
class FailedStartsIT {

    private final Path folder;

    FailedStartsIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("no-folder"), "a file");
        Files.writeString(folder.resolve("no-keystore.p12"), "not a keystore");
        Files.writeString(folder.resolve("no-yaml"), "contexts: [{name: secret-of-the-kubeconfig");
        Files.writeString(folder.resolve("kubeconfig"), "contexts: [{name: cluster1, context: {}}]");
    }

    enum Wrong {
        NO_SUCH_SETTING(ExitCode.SETTINGS, "meshspan.wait.isitod=5m", "meshspan.wait.isitod"),
        NO_DURATION(ExitCode.SETTINGS, "meshspan.wait.istiod=soon", "meshspan.wait.istiod"),
        NO_ADMINISTRATOR(ExitCode.ADMINISTRATOR, "meshspan.node.id=a", "MESHSPAN_ADMIN_PASSWORD"),
        NO_KUBECONFIG(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=absent", "absent is not there"),
        NO_YAML(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=no-yaml", "is no YAML"),
        NO_CONTEXT(ExitCode.KUBECONFIG, "meshspan.inventory.clusters.cluster9.network=n", "Contexts found: [cluster1]"),
        NO_CHARTS(ExitCode.CHARTS, "meshspan.charts.source=absent/{version}", "absent is not there"),
        NO_KEYSTORE(ExitCode.KEYSTORE, "meshspan.trust.keystore=no-keystore.p12", "no PKCS#12 keystore"),
        NO_ROOM_FOR_THE_KEYSTORE(ExitCode.KEYSTORE, "meshspan.trust.keystore=no-folder/root.p12", "cannot be made"),
        NO_ROOM_FOR_H2(
                ExitCode.DATABASE,
                "spring.datasource.url=jdbc:h2:file:./no-folder/db;TRACE_LEVEL_FILE=0",
                "must exist"),
        NO_POSTGRESQL(
                ExitCode.DATABASE,
                "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/db?password=hidden",
                "jdbc:postgresql://127.0.0.1:1/db cannot be used");

        private final ExitCode code;
        private final String setting;
        private final String told;

        Wrong(ExitCode code, String setting, String told) {
            this.code = code;
            this.setting = setting;
            this.told = told;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatIsWrongAndEndWithItsCode(Wrong wrong) throws IOException, InterruptedException {
        shouldEnd(wrong.code, wrong.told, wrong.setting);
    }

    @Test
    void shouldSayThatThePortIsInUse() throws IOException, InterruptedException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            shouldEnd(ExitCode.PORT, "127.0.0.1:" + port, "server.port=" + port);
        }
    }

    private void shouldEnd(ExitCode code, String told, String setting) throws IOException, InterruptedException {
        Started started = Started.with(folder, settings(setting));

        assertThat(started.exitCode()).as(started.output()).isEqualTo(code.number());
        assertThat(started.output())
                .contains("APPLICATION FAILED TO START", told)
                .doesNotContain("\tat ", "secret-of-the-kubeconfig", "password=hidden", "hidden from all");
    }

    private static List<String> settings(String other) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", "0");
        settings.put("spring.datasource.url", "jdbc:h2:mem:failed");
        settings.put("meshspan.inventory.kubeconfig", "kubeconfig");
        settings.put("meshspan.trust.keystore-password", "hidden from all");
        String[] parts = other.split("=", 2);
        settings.put(parts[0], parts[1]);
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return arguments;
    }
}

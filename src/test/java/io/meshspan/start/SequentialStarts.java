package io.meshspan.start;

import io.meshspan.MeshspanApplication;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.store.fs.FilePath;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application started with each wrong setting, one after another in one process, which saves the first seconds of each. */
@SuppressWarnings("SystemOut")
public final class SequentialStarts {

    private SequentialStarts() {}

    public static void main(String[] args) {
        FilePath.register(new FullDisk());
        for (InvalidSettings wrong : InvalidSettings.values()) {
            System.out.println(begin(wrong));
            System.out.println(start(settings(wrong.settings)));
        }
    }

    static String begin(InvalidSettings wrong) {
        return "#### " + wrong;
    }

    static String end(int code) {
        return "#### ends with " + code;
    }

    private static String start(String... settings) {
        try (ConfigurableApplicationContext started = SpringApplication.run(MeshspanApplication.class, settings)) {
            return "#### started " + started.isActive();
        } catch (RuntimeException told) {
            return end(StartupExitCode.of(told));
        }
    }

    /** All that it needs, but for those. */
    static String[] settings(String other) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put("camunda.bpm.webapp.enabled", "false");
        settings.put("spring.datasource.url", "jdbc:h2:mem:failed");
        settings.put("meshspan.inventory.kubeconfig", "kubeconfig");
        settings.put("meshspan.trust.keystore-password", "hidden from all");
        other.lines().map(line -> line.split("=", 2)).forEach(parts -> settings.put(parts[0], parts[1]));
        return settings.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
    }
}

package io.meshspan.manifest;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Renders an empty chart at start-up and then takes back the signal handlers that Helm installs at its first rendering.
 * Otherwise the JVM would ignore SIGTERM, and only SIGKILL would stop the service.
 */
@Component
class HelmWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(HelmWarmUp.class);
    private static final int SIGNALLED = 128;

    @EventListener(ApplicationReadyEvent.class)
    void load() {
        renderEmptyChart();
        List.of("TERM", "INT").forEach(HelmWarmUp::endsTheService);
    }

    private static void renderEmptyChart() {
        try {
            Path chart = WorkFolder.folder("warm-up");
            Path description =
                    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: warm-up\nversion: 0.0.0\n");
            Helm.template(chart.toString()).call();
            Files.delete(description);
            Files.delete(chart);
        } catch (ExceptionInInitializerError e) {
            LOG.error("Helm cannot be used: {}", String.valueOf(e.getCause()));
        } catch (IOException | IllegalStateException e) {
            LOG.warn("Helm could not be warmed up: {}", e.getMessage());
        }
    }

    /** Uses reflection, because no annotation can suppress the compiler's warning about sun.misc.Signal. */
    private static void endsTheService(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method number = signal.getMethod("getNumber");
            Object exit = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        System.exit(SIGNALLED + (int) number.invoke(args[0]));
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), exit);
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIG{} will not stop this service: {}", name, e.toString());
        }
    }
}

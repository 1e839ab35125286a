package io.meshspan.e2e;

import io.meshspan.service.ServiceChanges;
import io.meshspan.service.ServiceNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.client.ResourceAccessException;

/** A service in a process of its own, which is killed once its change has so many records or is so far, and started again. */
final class MortalService implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;

    private final ServiceNode serviceNode;
    private String reason = "";
    private String activity = "";
    private long last = NEVER;

    /** @param folder where it keeps what it must not lose, and writes its log */
    MortalService(Settings settings, Path folder) {
        Stream<String> kept = Stream.of(
                "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("meshspan"),
                "--meshspan.trust.keystore=" + folder.resolve("root-ca.p12"),
                "--meshspan.istio.allow-newer=true");
        Stream<String> told = E2eApplication.about(settings).entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue());
        serviceNode = ServiceNode.start(
                        "node", folder, List.of(), Stream.concat(kept, told).toList())
                .ready();
    }

    /** @param records of the change with that reason, at which the process gets SIGKILL */
    void dieAt(long records, String because) {
        last = records;
        reason = because;
    }

    /** @param inActivity of any change, in which the process gets SIGKILL */
    void dieIn(String inActivity) {
        activity = inActivity;
    }

    /** @param because the reason of a change that has ended */
    long recordsOf(String because) {
        return serviceNode
                .changes()
                .because(because)
                .orElseThrow()
                .path("records")
                .asLong();
    }

    boolean died() {
        return last == NEVER && activity.isEmpty();
    }

    /** Whoever answers, started again if need be. */
    ServiceChanges living() {
        if (!serviceNode.alive()) {
            serviceNode.restart();
        }
        ServiceChanges serviceChanges = serviceNode.changes();
        Optional<Long> records = serviceChanges
                .because(reason)
                .filter(change -> !change.path("ended").isTextual())
                .map(change -> change.path("records").asLong());
        if (records.filter(count -> count >= last).isPresent()) {
            last = NEVER;
            throw killed();
        }
        if (!activity.isEmpty() && serviceChanges.in(activity)) {
            activity = "";
            throw killed();
        }
        return serviceChanges;
    }

    private ResourceAccessException killed() {
        serviceNode.kill();
        return new ResourceAccessException("killed");
    }

    @Override
    public void close() {
        serviceNode.kill();
    }
}

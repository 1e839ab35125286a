package io.meshspan.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.client.RestClientException;

/** A change carried to its end by people who try again while nobody answers. */
final class Carried {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Supplier<Changes> service;
    private final String process;
    private final String mesh;
    private final List<String> clusters;

    /** @param service whoever answers at the moment; may start it first */
    Carried(Supplier<Changes> service, String process, String mesh, List<String> clusters) {
        this.service = service;
        this.process = process;
        this.mesh = mesh;
        this.clusters = clusters;
    }

    /** @return as the API shows it */
    JsonNode toItsEnd() {
        await("the end of " + process + " for " + mesh).atMost(LIMIT).until(this::isOver);
        Changes changes = service.get();
        return changes.view(changes.of(mesh).orElseThrow());
    }

    private boolean isOver() {
        try {
            return advance(service.get());
        } catch (RestClientException killed) {
            return false;
        }
    }

    private boolean advance(Changes changes) {
        Optional<String> id = changes.of(mesh);
        if (id.isEmpty()) {
            changes.request(process, mesh, clusters);
            return false;
        }
        changes.question(id.get()).ifPresent(question -> {
            throw new AssertionError("the change asks a person: " + question);
        });
        changes.approve(id.get());
        return changes.ended(id.get());
    }
}

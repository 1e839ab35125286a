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
    private final String reason;
    private final List<String> clusters;

    /**
     * @param service whoever answers at the moment; may start it first
     * @param reason of this change alone
     */
    Carried(Supplier<Changes> service, String process, String reason, List<String> clusters) {
        this.service = service;
        this.process = process;
        this.reason = reason;
        this.clusters = clusters;
    }

    /** @return as the API shows it */
    JsonNode toItsEnd() {
        await("the end of " + process + ", " + reason).atMost(LIMIT).until(this::isOver);
        Changes changes = service.get();
        return changes.view(changes.because(reason).orElseThrow());
    }

    private boolean isOver() {
        try {
            return advance(service.get());
        } catch (RestClientException killed) {
            return false;
        }
    }

    private boolean advance(Changes changes) {
        Optional<String> id = changes.because(reason);
        if (id.isEmpty()) {
            changes.request(process, reason, clusters);
            return false;
        }
        changes.standstill(id.get()).ifPresent(why -> {
            throw new AssertionError("the change stands still: " + why);
        });
        changes.approve(id.get());
        return changes.ended(id.get());
    }
}

package io.meshspan.service;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.client.RestClientException;

/** A change carried to its end by people who try again while nobody answers. */
public final class Carried {

    private static final Duration OFTEN = Duration.ofMillis(500);

    private final Supplier<ServiceChanges> service;
    private final String process;
    private final String reason;
    private final List<String> clusters;
    private final Duration limit;

    /**
     * @param service whoever answers at the moment; may start it first
     * @param reason of this change alone
     * @param limit until its end
     */
    public Carried(
            Supplier<ServiceChanges> service, String process, String reason, List<String> clusters, Duration limit) {
        this.service = service;
        this.process = process;
        this.reason = reason;
        this.clusters = clusters;
        this.limit = limit;
    }

    /** @return as the API shows it */
    public JsonNode toItsEnd() {
        await("the end of " + process + ", " + reason)
                .atMost(limit)
                .pollInterval(OFTEN)
                .until(this::isOver);
        ServiceChanges serviceChanges = service.get();
        return serviceChanges.view(id(serviceChanges.because(reason).orElseThrow()));
    }

    private boolean isOver() {
        try {
            return advance(service.get());
        } catch (RestClientException killed) {
            return false;
        }
    }

    private boolean advance(ServiceChanges serviceChanges) {
        Optional<JsonNode> change = serviceChanges.because(reason);
        if (change.isEmpty()) {
            serviceChanges.request(process, reason, clusters);
            return false;
        }
        String id = id(change.get());
        serviceChanges.standstill(id).ifPresent(why -> {
            throw new AssertionError("the change stands still: " + why);
        });
        serviceChanges.approve(id);
        return change.get().path("ended").isTextual();
    }

    private static String id(JsonNode change) {
        return change.path("id").asText();
    }
}

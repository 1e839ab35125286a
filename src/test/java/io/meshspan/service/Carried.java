package io.meshspan.service;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** A change carried to its end by people who try again while nobody answers. */
public final class Carried {

    /** Of all such changes. */
    public static final String MESH = "mesh1";

    private static final Duration OFTEN = Duration.ofMillis(500);

    private final Supplier<ServiceChanges> service;
    private final Map<String, ?> request;
    private final String reason;
    private final Duration limit;
    private final Set<String> known;

    /**
     * @param service whoever answers at the moment; may start it first
     * @param request as the API takes it, but for the reason
     * @param reason of this change alone
     * @param limit until its end
     */
    public Carried(Supplier<ServiceChanges> service, Map<String, ?> request, String reason, Duration limit) {
        this(service, request, reason, limit, Set.of());
    }

    private Carried(
            Supplier<ServiceChanges> service,
            Map<String, ?> request,
            String reason,
            Duration limit,
            Set<String> known) {
        this.service = service;
        this.request = request;
        this.reason = reason;
        this.limit = limit;
        this.known = known;
    }

    /**
     * A change that the service begins by itself.
     *
     * @param known the ids of such changes that are over
     */
    public static Carried begunByTheService(
            Supplier<ServiceChanges> service, String process, Set<String> known, Duration limit) {
        return new Carried(service, Map.of("process", process), "", limit, known);
    }

    /** The request of a mesh of these clusters. */
    public static Map<String, Object> installation(String process, String version, List<String> clusters) {
        return Map.of("process", process, "meshId", MESH, "istioVersion", version, "clusters", clusters);
    }

    /** @return as the API shows it */
    public JsonNode toItsEnd() {
        await("the end of " + request.get("process") + ", " + reason)
                .atMost(limit)
                .pollInterval(OFTEN)
                .until(this::isOver);
        ServiceChanges serviceChanges = service.get();
        return serviceChanges.view(id(found(serviceChanges).orElseThrow()));
    }

    private Optional<JsonNode> found(ServiceChanges serviceChanges) {
        return reason.isEmpty()
                ? serviceChanges.of(String.valueOf(request.get("process"))).stream()
                        .filter(change -> !known.contains(id(change)))
                        .findFirst()
                : serviceChanges.because(reason);
    }

    private boolean isOver() {
        try {
            return advance(service.get());
        } catch (HttpClientErrorException.BadRequest | HttpClientErrorException.UnprocessableEntity e) {
            throw new AssertionError("refused: " + e.getResponseBodyAsString(), e);
        } catch (RestClientException killed) {
            return false;
        }
    }

    private boolean advance(ServiceChanges serviceChanges) {
        Optional<JsonNode> change = found(serviceChanges);
        if (change.isEmpty()) {
            if (!reason.isEmpty()) {
                serviceChanges.request(request, reason);
            }
            return false;
        }
        String id = id(change.get());
        serviceChanges.standstill(id).ifPresent(why -> {
            throw new AssertionError("the change stands still: " + why);
        });
        serviceChanges.approve(id);
        if ("upgrade-mesh".equals(request.get("process"))) {
            serviceChanges.moveEverything(MESH);
        } else if ("rotate-root".equals(request.get("process"))) {
            serviceChanges.goThroughPhases(MESH);
        }
        return change.get().path("ended").isTextual();
    }

    private static String id(JsonNode change) {
        return change.path("id").asText();
    }
}

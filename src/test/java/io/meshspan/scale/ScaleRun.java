package io.meshspan.scale;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.StreamSupport;

/**
 * How one change went.
 *
 * @param planned seconds from the request to the approval
 * @param carriedOut seconds from the approval to the end
 */
record ScaleRun(String outcome, double planned, double carriedOut) {

    /** @param view as the API shows the change */
    static ScaleRun of(JsonNode view) {
        JsonNode change = view.path("change");
        Instant approved = StreamSupport.stream(view.path("records").spliterator(), false)
                .filter(each -> each.path("result").asText().equals("APPROVED"))
                .map(each -> time(each, "at"))
                .findFirst()
                .orElseThrow();
        return new ScaleRun(
                change.path("outcome").asText(),
                seconds(time(change, "started"), approved),
                seconds(approved, time(change, "ended")));
    }

    private static Instant time(JsonNode of, String field) {
        return Instant.parse(of.path(field).asText());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}

package io.meshspan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One step of a change in one of its processes; {@code depth} is how many calls lead to that process. */
record StepTime(int depth, String name, Instant start, Instant end) {

    private static final DateTimeFormatter ENGINE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");
    private static final double MILLISECONDS = 1000;

    static StepTime of(JsonNode activity, int depth) {
        return new StepTime(
                depth,
                activity.path("activityName").asText(),
                instant(activity, "startTime"),
                instant(activity, "endTime"));
    }

    String line(Instant zero) {
        return String.format(
                Locale.ROOT, "%8.2f %8.2f  %s%s", seconds(zero, start), seconds(start, end), "  ".repeat(depth), name);
    }

    static double seconds(Instant from, Instant to) {
        return (to.toEpochMilli() - from.toEpochMilli()) / MILLISECONDS;
    }

    static Instant instant(JsonNode found, String field) {
        return OffsetDateTime.parse(found.path(field).asText(), ENGINE).toInstant();
    }
}

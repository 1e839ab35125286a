package io.meshspan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Where the time of a finished change went, from the engine's history; counted from the approval. */
record Timeline(Instant approved, Instant ended, List<StepTime> steps) {

    static Timeline of(Rest auditor, String change) {
        List<StepTime> steps = steps(auditor, change, 0)
                .sorted(Comparator.comparing(StepTime::start).thenComparing(StepTime::depth))
                .toList();
        Instant approved = steps.stream()
                .filter(step -> step.name().equals("Approve change"))
                .map(StepTime::end)
                .findFirst()
                .orElseThrow();
        Instant ended = StepTime.instant(auditor.get("/history/process-instance/{id}", change), "endTime");
        return new Timeline(approved, ended, steps);
    }

    double seconds() {
        return StepTime.seconds(approved, ended);
    }

    /** Offset from the approval and duration, in seconds; the steps of a called process stand below their call. */
    @Override
    public String toString() {
        return steps.stream()
                .filter(step -> step.end().isAfter(approved))
                .map(step -> step.line(approved))
                .collect(Collectors.joining(
                        "\n",
                        String.format(
                                Locale.ROOT,
                                "%.2f s from the approval to the end%n   after     took  step%n",
                                seconds()),
                        ""));
    }

    private static Stream<StepTime> steps(Rest auditor, String process, int depth) {
        JsonNode activities = auditor.get("/history/activity-instance?processInstanceId={id}&finished=true", process);
        return StreamSupport.stream(activities.spliterator(), false)
                .filter(Timeline::takesTime)
                .flatMap(activity -> Stream.concat(
                        Stream.of(StepTime.of(activity, depth)),
                        activity.path("calledProcessInstanceId").isTextual()
                                ? steps(
                                        auditor,
                                        activity.path("calledProcessInstanceId").asText(),
                                        depth + 1)
                                : Stream.of()));
    }

    private static boolean takesTime(JsonNode activity) {
        String type = activity.path("activityType").asText();
        return type.endsWith("Task") || type.equals("callActivity");
    }
}

package io.meshspan.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.service.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is on record of a change: how many times each thing is, whatever the order of what runs side by side. */
record Kept(Map<String, Integer> records, List<String> problems, String outcome) {

    private static final List<String> BEGUN_AGAIN =
            List.of("STEP Watch condition ", "STEP Start calls ", "FAILED Start calls ");

    /** @param view as the API shows the change */
    static Kept of(JsonNode view) {
        Map<String, Integer> records = new TreeMap<>();
        for (JsonNode each : view.path("records")) {
            records.merge(line(each), 1, Integer::sum);
        }
        List<String> problems = new ArrayList<>();
        view.path("problems").forEach(problem -> problems.add(problem.asText()));
        return new Kept(records, problems, view.path("change").path("outcome").asText());
    }

    private static String line(JsonNode each) {
        return "%s %s %s %s %s"
                .formatted(
                        each.path("kind").asText(),
                        each.path("step").asText(),
                        each.path("cluster").asText("-"),
                        each.path("what").asText().replaceAll("[0-9a-f]{16,}", "..."),
                        ServiceRecord.result(each));
    }

    /** What goes on after its step ends with its process; the next one begins it again, and that is on record. */
    Kept lessWhatWasBegunAgain(Kept undisturbed) {
        Map<String, Integer> fewer = new TreeMap<>(records);
        BEGUN_AGAIN.forEach(begun -> records.keySet().stream()
                .filter(line -> line.startsWith(begun))
                .filter(line -> records.getOrDefault(line, 0) > undisturbed.records.getOrDefault(line, 0))
                .forEach(line -> {
                    int before = undisturbed.records.getOrDefault(line, 0);
                    if (before == 0) {
                        fewer.remove(line);
                    } else {
                        fewer.put(line, before);
                    }
                }));
        return new Kept(fewer, problems, outcome);
    }

    List<String> differences(Kept other) {
        List<String> differences = new ArrayList<>(other.problems);
        if (!outcome.equals(other.outcome)) {
            differences.add("the change ended as '%s'".formatted(other.outcome));
        }
        TreeSet<String> lines = new TreeSet<>(records.keySet());
        lines.addAll(other.records.keySet());
        for (String line : lines) {
            int mine = records.getOrDefault(line, 0);
            int theirs = other.records.getOrDefault(line, 0);
            if (mine != theirs) {
                differences.add("on record %d times instead of %d: %s".formatted(theirs, mine, line));
            }
        }
        return differences;
    }
}

package io.meshspan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.service.ServiceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a change left behind.
 *
 * @param facts how it ended, what reading its record again found (a gap, a double, a change to it), how often each object is
 *     on record and with which result, and the names of all objects in each cluster
 */
record Remains(SortedSet<String> facts) {

    static Remains of(JsonNode view, List<Stock> stocks) {
        List<String> lines = new ArrayList<>();
        lines.add("ended as " + view.path("change").path("outcome").asText());
        view.path("problems").forEach(problem -> lines.add("a problem with the record: " + problem.asText()));
        for (JsonNode each : view.path("records")) {
            if (each.path("kind").asText().equals("OBJECT")) {
                lines.add(onRecord(each));
            }
        }
        for (int i = 0; i < stocks.size(); i++) {
            String place = " in cluster number " + (i + 1);
            stocks.get(i).names().forEach(name -> lines.add(name + place));
        }
        return new Remains(numbered(lines));
    }

    private static String onRecord(JsonNode each) {
        return "on record: %s %s %s"
                .formatted(each.path("cluster").asText(), each.path("what").asText(), ServiceRecord.result(each));
    }

    /** The second one of a kind is another fact than the first. */
    private static SortedSet<String> numbered(List<String> lines) {
        SortedSet<String> facts = new TreeSet<>();
        for (String line : lines) {
            String fact = line;
            for (int time = 2; !facts.add(fact); time++) {
                fact = "%s, number %d".formatted(line, time);
            }
        }
        return facts;
    }

    String differences(Remains other) {
        SortedSet<String> more = new TreeSet<>(facts);
        more.removeAll(other.facts);
        SortedSet<String> less = new TreeSet<>(other.facts);
        less.removeAll(facts);
        return "more: %s; less: %s".formatted(more, less);
    }
}

package io.meshspan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Output streams and service of a command. Results go to {@code out}, everything else to {@code err}. */
record Session(Map<String, String> environment, PrintWriter out, PrintWriter err) {

    /** How a result is printed. */
    enum Format {
        TABLE,
        JSON
    }

    ServiceClient service() {
        return new ServiceClient(ClientSettings.of(environment));
    }

    void json(JsonNode result) {
        out.println(result.toPrettyString());
    }

    void told(String line) {
        err.println(line);
    }

    /** @param rows the titles first */
    void table(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        IntStream.range(0, rows.get(0).size())
                .forEach(column -> widths.add(rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0)));
        rows.forEach(row -> out.println(IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), widths.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}

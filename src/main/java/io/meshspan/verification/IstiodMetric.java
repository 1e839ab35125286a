package io.meshspan.verification;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * A metric without labels, as one istiod tells it to Prometheus.
 *
 * @param created when its pod was created
 */
public record IstiodMetric(OptionalDouble value, Instant created) {

    static final int PORT = 15014;
    static final String PATH = "/metrics";

    static IstiodMetric read(String name, String body, String created) {
        return new IstiodMetric(
                body.lines()
                        .filter(line -> line.startsWith(name + " "))
                        .mapToDouble(line ->
                                Double.parseDouble(line.substring(name.length()).strip()))
                        .findFirst(),
                Instant.parse(created));
    }
}

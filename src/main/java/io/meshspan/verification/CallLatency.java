package io.meshspan.verification;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * How long calls took within the calling pod, in microseconds.
 *
 * @param median of an even number of calls, the lower of the two in the middle
 */
public record CallLatency(long median, long slowest) {

    private static final double MICROS = 1000;

    static CallLatency of(List<Long> micros) {
        List<Long> sorted = micros.stream().sorted().toList();
        return new CallLatency(sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
    }

    @JsonIgnore
    public double medianMillis() {
        return median / MICROS;
    }

    @JsonIgnore
    public double slowestMillis() {
        return slowest / MICROS;
    }
}

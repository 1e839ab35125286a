package io.meshspan.remotesecret;

import java.time.Duration;
import java.time.Instant;

/** From when until when a token is valid. The API server may have given less time than was asked for. */
public record TokenLifetime(Instant issued, Instant ends) {

    public Duration duration() {
        return Duration.between(issued, ends);
    }

    /** When so much of it is left. */
    public Instant left(int percent) {
        return ends.minus(duration().multipliedBy(percent).dividedBy(100));
    }
}

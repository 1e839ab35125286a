package io.meshspan.condition;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Durations for the diagrams. */
@Component("waits")
public final class Waits {

    private final WaitProperties properties;

    Waits(WaitProperties properties) {
        this.properties = properties;
    }

    /** The interval after which a wait is renewed. */
    public String lookAgain() {
        return iso(properties.lookAgain());
    }

    /** Between two rounds of calls to HelloWorld. */
    public String callAgain() {
        return iso(properties.callAgain());
    }

    /** The time limit for a round of calls to HelloWorld; then a person is asked. */
    public Duration callsAnsweredWithin() {
        return properties.calls();
    }

    private static String iso(Duration duration) {
        return duration.toString();
    }
}

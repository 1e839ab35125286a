package io.meshspan.condition;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Durations that diagrams name. */
@Component("waits")
public final class Waits {

    private final WaitProperties properties;

    Waits(WaitProperties properties) {
        this.properties = properties;
    }

    /** Until a wait is renewed. */
    public String lookAgain() {
        return iso(properties.lookAgain());
    }

    /** Between two rounds of calls to HelloWorld. */
    public String callAgain() {
        return iso(properties.callAgain());
    }

    /** Before a person is asked what became of a round of calls to HelloWorld. */
    public Duration callsAnsweredWithin() {
        return properties.calls();
    }

    private static String iso(Duration duration) {
        return duration.toString();
    }
}

package io.meshspan.process;

/** The durations that the diagrams ask for; the tests fire the timers themselves. */
public final class StubWaits {

    public String lookAgain() {
        return "PT15S";
    }

    public String callAgain() {
        return "PT2S";
    }
}

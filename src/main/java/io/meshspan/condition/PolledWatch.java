package io.meshspan.condition;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A watch that polls. Renewing its wait does not stop it, since one poll may take longer than the time between renewals. */
public final class PolledWatch extends CompletableFuture<Void> {

    private static final int UNKNOWN = -1;

    private volatile int missing = UNKNOWN;

    /** How many things were missing when it last looked; empty before, and for what cannot be counted. */
    public OptionalInt missing() {
        return missing == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(missing);
    }

    void saw(int count) {
        missing = count;
        if (count == 0) {
            complete(null);
        }
    }
}

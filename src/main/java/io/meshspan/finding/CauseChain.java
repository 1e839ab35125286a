package io.meshspan.finding;

import java.util.Objects;
import java.util.stream.Stream;

/** An exception and its causes, from the outermost to the innermost. */
public final class CauseChain {

    private CauseChain() {}

    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    public static Throwable root(Throwable failure) {
        return of(failure).reduce(failure, (outer, inner) -> inner);
    }
}

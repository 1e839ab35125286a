package io.meshspan.kubernetes;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several conditions as one: met when all are, and given up together. */
public final class All {

    private All() {}

    public static CompletableFuture<?> of(List<? extends CompletableFuture<?>> conditions) {
        CompletableFuture<Void> all = CompletableFuture.allOf(conditions.toArray(CompletableFuture<?>[]::new));
        var unused = all.whenComplete((done, problem) -> conditions.forEach(condition -> condition.cancel(true)));
        return all;
    }
}

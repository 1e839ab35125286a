package io.meshspan.kubernetes;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several conditions as one: met when all are, failed when one is, and given up together. */
public final class AllConditions {

    private AllConditions() {}

    public static CompletableFuture<?> of(List<? extends CompletableFuture<?>> conditions) {
        CompletableFuture<Void> all = CompletableFuture.allOf(conditions.toArray(CompletableFuture<?>[]::new));
        conditions.forEach(condition -> {
            var unused = condition.whenComplete((met, problem) -> {
                if (problem != null) {
                    all.completeExceptionally(problem);
                }
            });
        });
        var unused = all.whenComplete((done, problem) -> conditions.forEach(condition -> condition.cancel(true)));
        return all;
    }
}

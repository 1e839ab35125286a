package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** One object and what is waited for on it: an informer that looks first, then watches, and reconnects by itself. */
final class Condition<T extends HasMetadata> {

    private final Resource<T> object;
    private final Predicate<T> condition;

    Condition(Resource<T> object, Predicate<T> condition) {
        this.object = object;
        this.condition = condition;
    }

    CompletableFuture<T> met() {
        CompletableFuture<List<T>> informed =
                object.informOnCondition(found -> !found.isEmpty() && condition.test(found.get(0)));
        CompletableFuture<T> met = informed.thenApply(found -> found.get(0));
        var unused = met.whenComplete((result, problem) -> informed.cancel(true));
        return met;
    }
}

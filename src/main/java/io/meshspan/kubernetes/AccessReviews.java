package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Asks an API server what this service may do there: one question for an administrator, else all of them at once. */
final class AccessReviews {

    private final KubernetesClient client;
    private final Executor threads;

    AccessReviews(KubernetesClient client, Executor threads) {
        this.client = client;
        this.threads = threads;
    }

    List<Access> denied(Collection<Access> wanted) {
        if (allows(Access.EVERYTHING)) {
            return List.of();
        }
        List<CompletableFuture<Boolean>> answers = wanted.stream()
                .map(access -> CompletableFuture.supplyAsync(() -> allows(access), threads))
                .toList();
        List<Boolean> allowed = answers.stream().map(AccessReviews::joined).toList();
        List<Access> asked = List.copyOf(wanted);
        return asked.stream()
                .filter(access -> !allowed.get(asked.indexOf(access)))
                .toList();
    }

    private static boolean joined(CompletableFuture<Boolean> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private boolean allows(Access access) {
        return TransientRetry.ifLost(() -> client.resource(review(access)).create())
                .getStatus()
                .getAllowed();
    }

    private static SelfSubjectAccessReview review(Access access) {
        String[] resource = access.resource().split("/", 2);
        return new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(access.verb())
                .withGroup(access.group())
                .withResource(resource[0])
                .withSubresource(resource.length > 1 ? resource[1] : null)
                .withNamespace(access.namespace().isEmpty() ? null : access.namespace())
                .endResourceAttributes()
                .endSpec()
                .build();
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A webhook that the API server must call and cannot reach. The API server itself works and answers 500. Retries help while
 * the webhook restarts. After that, somebody must repair it.
 */
public final class FailingWebhook {

    /** Up to this long, it may be a restart, and the engine retries the step. */
    private static final Duration RESTART = Duration.ofSeconds(10);

    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    /** The second form is of a CRD whose versions a webhook converts. */
    private static final Pattern CALL =
            Pattern.compile("failed calling webhook \"([^\"]+)\"|(conversion webhook for \\S+, Kind=\\S+) failed");

    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    private record Failing(Instant first, Instant last) {

        Failing again(Instant now) {
            return last.plus(FORGOTTEN).isBefore(now) ? new Failing(now, now) : new Failing(first, now);
        }
    }

    /** Whether a webhook that fails now has failed for longer than a restart takes. */
    boolean stays(String webhook, Instant now) {
        Failing seen = Objects.requireNonNull(
                failing.compute(webhook, (name, before) -> before == null ? new Failing(now, now) : before.again(now)));
        return !seen.first().plus(RESTART).isAfter(now);
    }

    /** The name of the webhook in the API server's message. */
    static Optional<String> named(KubernetesClientException e) {
        Matcher call = CALL.matcher(
                Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse(""));
        return call.find()
                ? Optional.of(Objects.requireNonNullElseGet(call.group(1), () -> call.group(2)))
                : Optional.empty();
    }

    /** @param words of the API server */
    static StepFailed refusal(Cluster cluster, String what, String webhook, String words) {
        Optional<AdmissionWebhook> registered = registered(cluster, webhook);
        String state = registered
                .flatMap(found -> found.service()
                        .map(service -> "; its Service %s/%s: %s"
                                .formatted(service.getNamespace(), service.getName(), state(cluster, service))))
                .orElse("");
        return new StepFailed(
                FailureCode.INVALID,
                Finding.blocking(
                        cluster.name().value(),
                        what,
                        "an answer of %s%s, which the API server has to ask"
                                .formatted(
                                        webhook.startsWith("conversion") ? webhook : "webhook " + webhook,
                                        registered
                                                .map(found -> " of " + ObjectRef.of(found.configuration()))
                                                .orElse("")),
                        words + state,
                        "The API server is well. Bring back what serves this webhook, or ask those who keep it for"
                                + " failurePolicy Ignore or an exception for this namespace; then try again."));
    }

    private static String state(Cluster cluster, ServiceReference service) {
        try {
            return fault(cluster, service).orElse("ready endpoints");
        } catch (TransientException unknown) {
            return "a state that could not be read";
        }
    }

    /** Why a webhook's Service does not answer; empty if no reason is known. */
    public static Optional<String> fault(Cluster cluster, ServiceReference service) {
        try {
            Optional<Service> found = cluster.find(Service.class, service.getNamespace(), service.getName());
            if (found.isEmpty()) {
                return Optional.of("no such Service");
            }
            boolean elsewhere = "ExternalName".equals(found.get().getSpec().getType());
            return elsewhere || ready(cluster, service) > 0 ? Optional.empty() : Optional.of("no ready endpoint");
        } catch (StepFailed denied) {
            return Optional.empty();
        }
    }

    private static long ready(Cluster cluster, ServiceReference service) {
        return cluster
                .list(
                        EndpointSlice.class,
                        service.getNamespace(),
                        Map.of("kubernetes.io/service-name", service.getName()))
                .stream()
                .flatMap(slice -> Stream.ofNullable(slice.getEndpoints()).flatMap(List::stream))
                .filter(endpoint -> endpoint.getConditions() == null
                        || !Boolean.FALSE.equals(endpoint.getConditions().getReady()))
                .count();
    }

    private static Optional<AdmissionWebhook> registered(Cluster cluster, String webhook) {
        try {
            return AdmissionWebhook.all(
                            cluster.list(MutatingWebhookConfiguration.class, null, Map.of()),
                            cluster.list(ValidatingWebhookConfiguration.class, null, Map.of()))
                    .filter(one -> webhook.equals(one.webhook().getName()))
                    .findFirst();
        } catch (StepFailed | TransientException unknown) {
            return Optional.empty();
        }
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.meshspan.kubernetes.failure.ClientExceptionTranslator;
import io.meshspan.kubernetes.failure.TransientRetry;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks by a dry run whether a cluster would admit a pod. If allowed, it impersonates the controller that would create the
 * pod: policies often exempt administrators, and OpenShift decides by the user. Otherwise it uses its own identity.
 */
final class PodDryRun {

    private static final String CONTROLLER = "system:serviceaccount:kube-system:replicaset-controller";
    private static final Pattern NO_IMPERSONATION = Pattern.compile("cannot impersonate");
    private static final Pattern NO_ACCOUNT = Pattern.compile("(?i)service ?account \\S+ not found");
    private static final Pattern NO_RIGHT = Pattern.compile("cannot create resource \"pods\"");
    private static final Pattern NO_DRY_RUN =
            Pattern.compile("does not support dry run|because it is being terminated");
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final ApiRequests requests;
    private final StandInNamespace standIn;
    private volatile boolean impersonates = true;

    PodDryRun(KubernetesClient client, ApiRequests requests, StandInNamespace standIn) {
        this.client = client;
        this.requests = requests;
        this.standIn = standIn;
    }

    /** @throws KubernetesClientException if the API server does not answer */
    Admission ask(Pod pod) {
        try {
            send(pod);
            return Admission.admitted();
        } catch (KubernetesClientException e) {
            String words = words(e);
            if (impersonates && NO_IMPERSONATION.matcher(words).find()) {
                impersonates = false;
                return ask(pod);
            }
            if (ClientExceptionTranslator.isDenial(e)) {
                return Admission.refused(words);
            }
            if (e.getCode() == NOT_FOUND) {
                return inStandIn(pod);
            }
            if (NO_ACCOUNT.matcher(words).find()) {
                return withoutAccount(pod, words);
            }
            return judged(e, words);
        }
    }

    private static Admission judged(KubernetesClientException e, String words) {
        if (NO_RIGHT.matcher(words).find()) {
            return Admission.notAsked("no right to create pods, which a dry run needs");
        }
        if (NO_DRY_RUN.matcher(words).find()) {
            return Admission.notAsked(words);
        }
        return switch (e.getCode()) {
            case 400, 403, 405, 415, 422 -> Admission.refused(words);
            default -> {
                if (FailingWebhook.named(e).isPresent()) {
                    yield Admission.refused(words);
                }
                throw e;
            }
        };
    }

    private Admission inStandIn(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        Optional<String> other = standIn.insteadOf(namespace);
        return other.isEmpty() || other.get().equals(namespace)
                ? Admission.notAsked("Namespace %s is not there yet".formatted(namespace))
                : ask(new PodBuilder(pod)
                        .editMetadata()
                        .withNamespace(other.get())
                        .endMetadata()
                        .build());
    }

    /** The service account is created together with the Deployment, so the dry run uses the default account. */
    private Admission withoutAccount(Pod pod, String words) {
        return pod.getSpec().getServiceAccountName() == null
                ? Admission.notAsked(words)
                : ask(new PodBuilder(pod)
                        .editSpec()
                        .withServiceAccountName(null)
                        .withServiceAccount(null)
                        .endSpec()
                        .build());
    }

    private void send(Pod pod) {
        HttpRequest.Builder request = requests.to("api/v1/namespaces/%s/pods?dryRun=All&fieldManager=%s"
                        .formatted(pod.getMetadata().getNamespace(), ObjectApplier.FIELD_MANAGER))
                .method(
                        "POST",
                        "application/json",
                        client.getKubernetesSerialization().asJson(pod));
        HttpRequest asked = (impersonates ? request.header("Impersonate-User", CONTROLLER) : request).build();
        TransientRetry.ifLost(() -> {
            requests.send(asked);
            return pod;
        });
    }

    private static String words(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? "HTTP " + e.getCode()
                : e.getStatus().getMessage().replaceAll("\\s+", " ").strip();
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands behind a refusal: an API server answers 403 alike for a missing right, a full quota, a policy and a namespace
 * that is being deleted, and tells them apart in words only (seen on Kubernetes 1.35). A policy may also make it a 422.
 */
enum DenialReason {
    NAMESPACE_DELETED(
            "a namespace that stays",
            "Somebody is deleting this namespace: find out who and why. When it is gone, roll this change back and ask for"
                    + " it again.",
            "because it is being terminated"),
    QUOTA(
            "room in the namespace's ResourceQuota",
            "Raise this ResourceQuota or free what it counts, then try again.",
            "exceeded quota"),
    POLICY(
            "an object that the cluster's policies let in",
            "Ask those who keep this policy for an exception, or change charts and values so that they fit it, then try"
                    + " again.",
            "admission webhook|ValidatingAdmissionPolicy|violates PodSecurity"),
    ANONYMOUS(
            "to be logged in",
            "This service is not logged in: the API server took it for system:anonymous. Correct the credentials of this"
                    + " cluster's context in the kubeconfig; kubectl auth whoami shows who they are. Then try again.",
            "system:anonymous"),
    CREDENTIALS(
            "valid credentials", "Renew the credentials of this cluster's context in the kubeconfig, then try again."),
    RIGHT("permission", "Grant this right to the user of this cluster's context, then try again."),
    OBJECT(
            "an object that the API server accepts",
            "Compare chart, values and Kubernetes version; correct them, then try again.");

    private static final String NEVER = "(?!)";

    private final String expected;
    private final String advice;
    private final String words;

    DenialReason(String expected, String advice) {
        this(expected, advice, NEVER);
    }

    DenialReason(String expected, String advice, String words) {
        this.expected = expected;
        this.advice = advice;
        this.words = words;
    }

    /** @param otherwise what it is if its words name no rule of the cluster's own */
    static DenialReason of(KubernetesClientException e, DenialReason otherwise) {
        String message =
                Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse("");
        return Stream.of(values())
                .filter(refusal ->
                        Pattern.compile(refusal.words).matcher(message).find())
                .findFirst()
                .orElse(otherwise);
    }

    String expected() {
        return expected;
    }

    String advice() {
        return advice;
    }
}

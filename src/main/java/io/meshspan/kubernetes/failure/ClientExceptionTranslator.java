package io.meshspan.kubernetes.failure;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.login.LoginFailed;
import io.meshspan.login.ProxyRoute;
import io.meshspan.mesh.ClusterName;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Translates the client's exceptions by what can be done about them. Values of Secrets never get into a message. */
public final class ClientExceptionTranslator {

    /** The API server's own words in front of those of the webhook. */
    private static final Pattern WEBHOOK_DENIED = Pattern.compile("admission webhook \"[^\"]+\" denied the request");

    private ClientExceptionTranslator() {}

    public static RuntimeException sort(ClusterName cluster, String what, KubernetesClientException e) {
        return sort(cluster, what, Optional.empty(), Optional.empty(), e);
    }

    /**
     * @param sent the object that was sent, if any
     * @param proxy the proxy on the way, if any: it may be the one that does not answer
     */
    public static RuntimeException sort(
            ClusterName cluster,
            String what,
            Optional<HasMetadata> sent,
            Optional<ProxyRoute> proxy,
            KubernetesClientException e) {
        Optional<LoginFailed> login = CauseChain.of(e)
                .filter(LoginFailed.class::isInstance)
                .map(LoginFailed.class::cast)
                .findFirst();
        if (login.isPresent()) {
            return failed(cluster, login.get());
        }
        String found = found(what, sent, e);
        if (isUntrusted(e)) {
            return new StepFailed(
                    FailureCode.DENIED,
                    Finding.blocking(
                            cluster.value(),
                            what,
                            "a certificate for this address, signed by the CA in the kubeconfig",
                            "another one (%s)".formatted(rootCause(e)),
                            "Correct server, tls-server-name and certificate-authority-data of this cluster in the"
                                    + " kubeconfig, then try again."));
        }
        if (isDenial(e)) {
            return refused(FailureCode.INVALID, cluster, what, DenialReason.POLICY, found);
        }
        return switch (code(e)) {
            case 401 -> refused(FailureCode.DENIED, cluster, what, DenialReason.CREDENTIALS, found);
            case 403 -> refused(FailureCode.DENIED, cluster, what, DenialReason.of(e, DenialReason.RIGHT), found);
            case 400, 405, 415, 422 ->
                refused(FailureCode.INVALID, cluster, what, DenialReason.of(e, DenialReason.OBJECT), found);
            default ->
                new TransientException(
                        "%s, %s: %s%s. %s".formatted(cluster, what, found, byWayOf(proxy, e), advice(code(e))));
        };
    }

    /** An admission webhook chooses the HTTP status of its answer itself, also 404, 409, 429 or 500. No retry helps. */
    public static boolean isDenial(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .filter(words -> WEBHOOK_DENIED.matcher(words).find())
                .isPresent();
    }

    private static StepFailed refused(
            FailureCode code, ClusterName cluster, String what, DenialReason denialReason, String found) {
        return new StepFailed(
                code, Finding.blocking(cluster.value(), what, denialReason.expected(), found, denialReason.advice()));
    }

    /** Does not repeat the place if the message already starts with it, as translated ones do. */
    public static TransientException at(ClusterName cluster, String what, TransientException fault) {
        String place = "%s, %s: ".formatted(cluster, what);
        String told = String.valueOf(fault.getMessage());
        return told.startsWith(place) ? fault : new TransientException(place + told);
    }

    public static StepFailed failed(ClusterName cluster, LoginFailed login) {
        return new StepFailed(
                FailureCode.DENIED,
                Finding.blocking(cluster.value(), login.what(), login.expected(), login.found(), login.advice()));
    }

    /** A plugin that fails, or a file that cannot be read: the client's message could quote either. */
    public static StepFailed unusable(KnownCluster known) {
        return new StepFailed(
                FailureCode.DENIED,
                Finding.blocking(
                        known.name().value(),
                        "context %s in the kubeconfig".formatted(known.context()),
                        "certificates and credentials that can be loaded",
                        "some that cannot",
                        "Try it with kubectl as the user that runs Meshspan, correct it, then try again."));
    }

    /** Somebody removed it from the inventory while a change works there. */
    public static StepFailed unknown(ClusterName cluster) {
        return new StepFailed(
                FailureCode.CLUSTER_UNKNOWN,
                Finding.blocking(
                        cluster.value(),
                        "inventory",
                        "this cluster, with which the change was approved",
                        "no cluster of this name",
                        "Put its context back into the kubeconfig, or meshspan.inventory.clusters.%s and start this service"
                                        .formatted(cluster)
                                + " again, and try again; or go on without it where that is offered; or stop."));
    }

    /** The API server's message. For a Secret, without its values; if these are unknown, only the reason. */
    public static String found(String what, Optional<HasMetadata> sent, KubernetesClientException e) {
        Optional<Status> status = Optional.ofNullable(e.getStatus());
        String reason = status.map(Status::getReason).orElse("");
        int code = code(e);
        if (code <= 0) { // -1 if an exception replaced the answer
            return "no answer from the API server " + how(e);
        }
        String words = status.map(Status::getMessage).orElse(reason);
        String told = what.startsWith("Secret")
                ? sent.map(secret -> SecretWords.of(secret).without(words)).orElse(reason)
                : words;
        return ("HTTP " + code + " " + told.replaceAll("\\s+", " ")).trim(); // Kyverno's words have many lines
    }

    /** A retry would not help: this is another API server, or the kubeconfig has another CA. */
    static boolean isUntrusted(Throwable e) {
        return CauseChain.of(e)
                .anyMatch(cause -> cause instanceof CertificateException || cause instanceof CertPathBuilderException);
    }

    private static String byWayOf(Optional<ProxyRoute> proxy, KubernetesClientException e) {
        return proxy.filter(through -> code(e) <= 0)
                .map(through -> " through the proxy %s (%s)".formatted(through, through.named()))
                .orElse("");
    }

    /** For the incident that it becomes if retries do not help. */
    private static String advice(int code) {
        boolean changing = code == 404 || code == 409 || code == 410;
        return changing
                ? "If it stays so, see who else makes, changes or deletes it, then retry the step."
                : "If it stays so, see that its API server is well and can be reached from here, then retry the step.";
    }

    /** The names of the client's exceptions mean nothing to users. */
    private static String how(Throwable e) {
        return TransientRetry.isSilence(e) ? "in time" : "(%s)".formatted(rootCause(e));
    }

    private static String rootCause(Throwable e) {
        return CauseChain.root(e).getClass().getSimpleName();
    }

    /**
     * The HTTP status of an answer; 0 or less if there was none. Exec and port-forward start as an upgrade; if that is
     * refused, the client puts the status into a cause.
     */
    public static int code(KubernetesClientException e) {
        return e.getCode() > 0 ? e.getCode() : code((Throwable) e);
    }

    public static int code(Throwable problem) {
        return CauseChain.of(problem)
                .filter(WebSocketHandshakeException.class::isInstance)
                .map(WebSocketHandshakeException.class::cast)
                .findFirst()
                .map(refused -> refused.getResponse().code())
                .orElse(0);
    }

    /**
     * The reason of a refusal. An API server answers 403 for a missing right, a full quota, a policy and a namespace that is
     * being deleted; only the message differs (seen on Kubernetes 1.35). A policy may also answer 422.
     */
    private enum DenialReason {
        NAMESPACE_DELETED(
                "a namespace that stays",
                "Somebody is deleting this namespace: find out who and why. After it is deleted, roll this "
                        + "change back and request it again.",
                "because it is being terminated"),
        QUOTA(
                "room in the namespace's ResourceQuota",
                "Raise this ResourceQuota or free what it counts, then try again.",
                "exceeded quota|failed quota"),
        POLICY(
                "an object that the cluster's policies let in",
                "Ask those who keep this policy for an exception, or give what it asks for as values (labels of a namespace"
                        + " below values.namespaces), then try again.",
                "admission webhook|AdmissionPolicy|violates PodSecurity|security context constraint"
                        + "|PodSecurityPolicy|usage per (Container|Pod)|rejected by webhook backend"),
        ANONYMOUS(
                "to be logged in",
                "This service is not logged in: the API server took it for system:anonymous. Correct the credentials of this"
                        + " cluster's context in the kubeconfig; kubectl auth whoami shows who they are. Then try again.",
                "system:anonymous"),
        CREDENTIALS(
                "valid credentials",
                "Renew the credentials of this cluster's context in the kubeconfig, then try again."),
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

        /** @param otherwise the reason if the message names none of the rules below */
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
}

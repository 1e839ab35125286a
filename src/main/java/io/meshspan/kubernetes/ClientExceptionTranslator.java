package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.login.LoginFailed;
import io.meshspan.mesh.ClusterName;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;

/** Sorts what the client throws by what can be done about it. Bodies of Secrets never reach a message. */
final class ClientExceptionTranslator {

    private ClientExceptionTranslator() {}

    static RuntimeException sort(ClusterName cluster, String what, KubernetesClientException e) {
        Optional<LoginFailed> login = CauseChain.of(e)
                .filter(LoginFailed.class::isInstance)
                .map(LoginFailed.class::cast)
                .findFirst();
        if (login.isPresent()) {
            return failed(cluster, login.get());
        }
        String found = found(what, e);
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
        return switch (UpgradeError.code(e)) {
            case 401 -> refused(FailureCode.DENIED, cluster, what, DenialReason.CREDENTIALS, found);
            case 403 -> refused(FailureCode.DENIED, cluster, what, DenialReason.of(e, DenialReason.RIGHT), found);
            case 400, 405, 415, 422 ->
                refused(FailureCode.INVALID, cluster, what, DenialReason.of(e, DenialReason.OBJECT), found);
            default ->
                new TransientException("%s, %s: %s. %s".formatted(cluster, what, found, advice(UpgradeError.code(e))));
        };
    }

    private static StepFailed refused(
            FailureCode code, ClusterName cluster, String what, DenialReason denialReason, String found) {
        return new StepFailed(
                code, Finding.blocking(cluster.value(), what, denialReason.expected(), found, denialReason.advice()));
    }

    /** Unless it begins with its place already, as what was sorted does. */
    static TransientException at(ClusterName cluster, String what, TransientException fault) {
        String place = "%s, %s: ".formatted(cluster, what);
        String told = String.valueOf(fault.getMessage());
        return told.startsWith(place) ? fault : new TransientException(place + told);
    }

    static StepFailed failed(ClusterName cluster, LoginFailed login) {
        return new StepFailed(
                FailureCode.DENIED,
                Finding.blocking(cluster.value(), login.what(), login.expected(), login.found(), login.advice()));
    }

    /** A plugin that fails or a file that cannot be read: the client's words could quote either. */
    static StepFailed unusable(KnownCluster known) {
        return new StepFailed(
                FailureCode.DENIED,
                Finding.blocking(
                        known.name().value(),
                        "context %s in the kubeconfig".formatted(known.context()),
                        "certificates and credentials that can be loaded",
                        "some that cannot",
                        "Try it with kubectl as the user that runs Meshspan, correct it, then try again."));
    }

    /** Taken out of it while a change works there. */
    static StepFailed unknown(ClusterName cluster) {
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

    private static String found(String what, KubernetesClientException e) {
        Optional<Status> status = Optional.ofNullable(e.getStatus());
        String reason = status.map(Status::getReason).orElse("");
        int code = UpgradeError.code(e);
        if (code <= 0) { // -1 where an exception took the place of an answer
            return "no answer from the API server " + how(e);
        }
        String told = what.startsWith("Secret")
                ? reason
                : status.map(Status::getMessage).orElse(reason);
        return ("HTTP " + code + " " + told).trim();
    }

    /** Trying again would not help: the API server is another one, or the kubeconfig has another CA. */
    static boolean isUntrusted(Throwable e) {
        return CauseChain.of(e)
                .anyMatch(cause -> cause instanceof CertificateException || cause instanceof CertPathBuilderException);
    }

    /** For the incident that it becomes if it does not pass by itself. */
    private static String advice(int code) {
        boolean changing = code == 404 || code == 409 || code == 410;
        return changing
                ? "If it stays so, see who else makes, changes or deletes it, then retry the step."
                : "If it stays so, see that its API server is well and can be reached from here, then retry the step.";
    }

    /** The client's exceptions have names that only its authors know. */
    private static String how(Throwable e) {
        return TransientRetry.isSilence(e) ? "in time" : "(%s)".formatted(rootCause(e));
    }

    private static String rootCause(Throwable e) {
        return CauseChain.root(e).getClass().getSimpleName();
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/**
 * What a cluster's admission says of a pod when it is asked by a dry run: PodSecurity, limits, quotas and every policy engine
 * speak to pods, and most of them say nothing of the Deployment that makes them.
 *
 * @param words of whoever refuses it, or the reason why it could not be asked
 */
public record Admission(Verdict verdict, String words) {

    /** Whether a pod would be let in. */
    public enum Verdict {
        ADMITTED,
        REFUSED,
        NOT_ASKED
    }

    static Admission admitted() {
        return new Admission(Verdict.ADMITTED, "");
    }

    static Admission refused(String words) {
        return new Admission(Verdict.REFUSED, words);
    }

    static Admission notAsked(String why) {
        return new Admission(Verdict.NOT_ASKED, why);
    }

    /** A pod as the ReplicaSet of this Deployment makes it. */
    public static Pod pod(Deployment deployment) {
        PodTemplateSpec template = deployment.getSpec().getTemplate();
        return new PodBuilder()
                .withMetadata(template.getMetadata())
                .editOrNewMetadata()
                .withName(null)
                .withGenerateName(deployment.getMetadata().getName() + "-")
                .withNamespace(deployment.getMetadata().getNamespace())
                .addToLabels("pod-template-hash", "0000000000")
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }
}

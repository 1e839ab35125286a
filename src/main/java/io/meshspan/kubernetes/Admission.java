package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/**
 * The answer of a cluster's admission to a dry run of a pod. PodSecurity, limits, quotas and every policy engine check pods,
 * and most of them do not check the Deployment that creates them.
 *
 * @param words the message of the component that refuses the pod, or the reason why the dry run failed
 */
public record Admission(Verdict verdict, String words) {

    /** Whether the cluster would admit the pod. */
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

    /** The pod that the ReplicaSet of this Deployment creates. */
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

package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.Admission;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Would the cluster admit the pods? PodSecurity, LimitRange, ResourceQuota, Kyverno, Gatekeeper and OpenShift's SCC can all
 * accept a Deployment and refuse its pods. So a dry run creates each pod, as its ReplicaSet would.
 */
@Component
final class PodAdmission implements Check {

    private static final String AUTO = "auto";

    /** The plan reports objects that could not be checked. */
    private static final Pattern NOT_THERE_YET = Pattern.compile("is not there yet|not found");

    /** {@link Webhooks} checks Istio's own. */
    private static final Pattern OF_ISTIO = Pattern.compile("failed calling webhook \"[^\"]*istio\\.io\"");

    private final RenderedObjects rendered;

    PodAdmission(RenderedObjects rendered) {
        this.rendered = rendered;
    }

    @Override
    public String name() {
        return "Admission of pods";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        boolean injected = cluster.anywhere(MutatingWebhookConfiguration.class).stream()
                .anyMatch(webhook ->
                        webhook.getMetadata().getName().equals(mesh.revision().name("istio-sidecar-injector")));
        announceNamespace(mesh, cluster);
        return rendered.of(mesh, cluster.member(), Deployment.class)
                .flatMap(deployment -> judge(
                        cluster,
                        deployment,
                        injected || !isInjected(deployment),
                        cluster.cluster().admission(injected ? Admission.pod(deployment) : withImage(mesh, deployment)))
                        .stream())
                .toList();
    }

    /** If the namespace does not exist, a stand-in gets the labels that this dry run prints. */
    private void announceNamespace(Mesh mesh, ClusterSnapshot cluster) {
        rendered.of(mesh, cluster.member()).stream()
                .filter(object -> object.getKind().equals("Namespace"))
                .filter(wanted -> cluster.anywhere(Namespace.class).stream()
                        .noneMatch(live -> live.getMetadata()
                                .getName()
                                .equals(wanted.getMetadata().getName())))
                .forEach(wanted -> cluster.cluster().preview(wanted));
    }

    private static Optional<Finding> judge(
            ClusterSnapshot cluster, Deployment deployment, boolean whole, Admission answer) {
        String pods = "pods of " + ObjectRef.of(deployment);
        return switch (answer.verdict()) {
            case ADMITTED -> Optional.empty();
            case NOT_ASKED ->
                NOT_THERE_YET.matcher(answer.words()).find()
                        ? Optional.empty()
                        : Optional.of(Finding.note(
                                cluster.where(),
                                pods,
                                "a dry run that asks the cluster's policies",
                                answer.words(),
                                "What policies, limits and quotas say of them is only known when they are made."));
            case REFUSED ->
                OF_ISTIO.matcher(answer.words()).find()
                        ? Optional.empty()
                        : Optional.of(refused(cluster, deployment, whole, pods, answer.words()));
        };
    }

    /**
     * For pods that this change does not create, a note is enough. The same is true of gateways while there is no istiod,
     * because injection sets their security context and resources.
     */
    private static Finding refused(
            ClusterSnapshot cluster, Deployment deployment, boolean whole, String pods, String words) {
        return new Finding(
                whole && makesPods(cluster, deployment) ? Severity.BLOCKING : Severity.WARNING,
                cluster.where(),
                pods,
                "pods that the cluster admits",
                whole ? words : "before injection fills them in: " + words,
                "Set what it asks for as values (resources, seccompProfile, labels), or ask those who keep this rule for"
                        + " an exception; then try again.");
    }

    private static boolean makesPods(ClusterSnapshot cluster, Deployment deployment) {
        DryRunResult preview = cluster.cluster().preview(deployment);
        return preview.outcome() == ApplyOutcome.CREATED
                || preview.changes().stream().anyMatch(change -> change.path().startsWith("spec.template"));
    }

    private static boolean isInjected(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .anyMatch(container -> AUTO.equals(container.getImage()));
    }

    /** Until a webhook replaces it, a registry policy would take the word auto for an image. */
    private Pod withImage(Mesh mesh, Deployment deployment) {
        Pod pod = Admission.pod(deployment);
        if (!isInjected(deployment)) {
            return pod;
        }
        Optional<String> proxy = proxy(mesh);
        List<Container> containers = pod.getSpec().getContainers();
        containers.stream()
                .filter(container -> AUTO.equals(container.getImage()))
                .forEach(container -> proxy.ifPresent(container::setImage));
        return new PodBuilder(pod)
                .editSpec()
                .withContainers(containers)
                .endSpec()
                .build();
    }

    /** Has the registry and version of istiod's image. */
    private Optional<String> proxy(Mesh mesh) {
        return mesh.primaries().stream()
                .flatMap(primary -> rendered.of(mesh, primary, Deployment.class))
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .flatMap(container -> Stream.ofNullable(container.getImage()))
                .filter(image -> image.contains("/pilot"))
                .map(image -> image.replace("/pilot", "/proxyv2"))
                .findFirst();
    }
}

package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Do the objects that this change writes belong to another tool? */
@Component
final class Ownership implements Check {

    /** Objects by which one can tell who installed the rest. */
    private static final Set<String> OF_A_REVISION = Set.of("istiod", "istio", "istio-sidecar-injector");

    private static final Set<String> OF_THE_CLUSTER =
            Set.of("istio-eastwestgateway", "istio-reader-service-account", "istiod-default-validator");

    @Override
    public String name() {
        return "Ownership";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        ApplySet ours = new ApplySet(mesh.id());
        Map<ManagingTool, List<String>> owned = new LinkedHashMap<>();
        objects(cluster)
                .filter(object -> isWritten(object.getMetadata().getName(), mesh.revision()))
                .forEach(object -> ManagingTool.of(object, ours)
                        .ifPresent(managingTool -> owned.computeIfAbsent(managingTool, first -> new ArrayList<>())
                                .add(ObjectRef.of(object).toString())));
        return owned.entrySet().stream()
                .map(e -> finding(cluster, e.getKey(), e.getValue()))
                .toList();
    }

    private static boolean isWritten(String name, Revision revision) {
        return OF_THE_CLUSTER.contains(name)
                || OF_A_REVISION.stream().map(revision::name).anyMatch(name::equals);
    }

    private static Stream<HasMetadata> objects(ClusterSnapshot cluster) {
        return Stream.<List<? extends HasMetadata>>of(
                        cluster.inIstioSystem(Deployment.class),
                        cluster.inIstioSystem(Service.class),
                        cluster.inIstioSystem(ServiceAccount.class),
                        cluster.inIstioSystem(ConfigMap.class),
                        cluster.anywhere(MutatingWebhookConfiguration.class),
                        cluster.anywhere(ValidatingWebhookConfiguration.class))
                .flatMap(List::stream);
    }

    private static Finding finding(ClusterSnapshot cluster, ManagingTool managingTool, List<String> objects) {
        return managingTool.returns()
                ? Finding.blocking(
                        cluster.where(),
                        String.join(", ", objects),
                        "objects that nobody else looks after",
                        "marks of " + managingTool.name(),
                        "Take them out of its hands first: it and Meshspan would undo each other's work.")
                : Finding.warning(
                        cluster.where(),
                        String.join(", ", objects),
                        "objects that nobody else looks after",
                        "marks of " + managingTool.name(),
                        "Meshspan takes them over, together with their removal: use that tool for them no more.");
    }

    /**
     * Who else looks after an object, by the marks that each tool leaves. Istio's charts write {@code managed-by: Helm} and
     * {@code owning-resource: unknown} whoever renders them: those two say nothing.
     *
     * @param returns whether it keeps putting its own content back
     */
    record ManagingTool(String name, boolean returns) {

        /** Nobody's objects and our own need not be told; an operator would win over our mark too. */
        static Optional<ManagingTool> of(HasMetadata object, ApplySet ours) {
            if (isSails(object)) {
                return Optional.of(new ManagingTool("the Sail operator", true));
            }
            if (ours.contains(object)) {
                return Optional.empty();
            }
            if (ApplySet.setOf(object).isPresent()) {
                return Optional.of(new ManagingTool("another ApplySet (kubectl, or Meshspan for another mesh)", true));
            }
            String release = annotations(object).get("meta.helm.sh/release-name");
            if (release != null) {
                return Optional.of(new ManagingTool("Helm release " + release, false));
            }
            return labels(object).containsKey("operator.istio.io/version")
                    ? Optional.of(new ManagingTool("istioctl", false))
                    : Optional.empty();
        }

        private static boolean isSails(HasMetadata object) {
            return "sail-operator".equals(labels(object).get("managed-by"))
                    || object.getMetadata().getOwnerReferences().stream()
                            .anyMatch(owner -> owner.getApiVersion().startsWith("sailoperator.io/"));
        }

        private static Map<String, String> labels(HasMetadata object) {
            return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        }

        private static Map<String, String> annotations(HasMetadata object) {
            return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
        }
    }
}

package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.finding.FewNames;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Do objects that this change writes belong to another tool? */
@Component
final class Ownership implements Check {

    /** Objects that show who installed the others. */
    private static final Set<String> OF_A_REVISION = Set.of("istiod", "istio", "istio-sidecar-injector");

    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "istio-eastwestgateway",
            "istio-ingressgateway",
            "istio-reader-service-account",
            "istiod-default-validator");

    /** Newest version first: the cluster serves each object in every version. */
    private static final Map<String, List<String>> DECLARATIONS = Map.of(
            "Istio", List.of("sailoperator.io/v1", "sailoperator.io/v1alpha1"),
            "IstioRevision", List.of("sailoperator.io/v1", "sailoperator.io/v1alpha1"),
            "ServiceMeshControlPlane", List.of("maistra.io/v2", "maistra.io/v1"),
            "IstioOperator", List.of("install.istio.io/v1alpha1"));

    /** The operator uninstalls Istio when its resources are deleted while it runs: by their finalizer. */
    private static final String LEAVE_SAIL =
            "Keep that operator and exclude this cluster, or take Istio out of its hands: scale"
                    + " the operator to 0, remove the finalizers of its Istio and IstioRevision, and delete both with --cascade=orphan"
                    + " (docs/runbook.md#from-the-sail-operator). Deleting them while it runs uninstalls Istio.";

    /** Named in a finding; of Istio's CRDs alone there are 15. */
    private static final int MOST_NAMED = 6;

    private final RenderedObjects rendered;

    Ownership(RenderedObjects rendered) {
        this.rendered = rendered;
    }

    @Override
    public String name() {
        return "Ownership";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        ApplySet ours = new ApplySet(mesh.id());
        Map<ManagingTool, List<String>> owned = new LinkedHashMap<>();
        written(mesh, cluster)
                .forEach(object -> ManagingTool.of(object, ours)
                        .ifPresent(managingTool -> owned.computeIfAbsent(managingTool, first -> new ArrayList<>())
                                .add(ObjectRef.of(object).toString())));
        return Stream.concat(
                        owned.entrySet().stream().map(e -> finding(cluster, e.getKey(), e.getValue())),
                        declared(cluster))
                .toList();
    }

    /** The tool that would restore its own content, and so conflict with Meshspan; empty if there is none. */
    static Optional<String> returningTool(HasMetadata object, ApplySet ours) {
        return ManagingTool.of(object, ours).filter(ManagingTool::returns).map(ManagingTool::name);
    }

    /** The resource of an operator: the operator restores its Istio from it, even if the objects change. */
    private static Stream<Finding> declared(ClusterSnapshot cluster) {
        return DECLARATIONS.entrySet().stream()
                .flatMap(kind -> kind.getValue().stream()
                        .map(version -> cluster.cluster().found(version, kind.getKey(), Map.of()))
                        .filter(found -> !found.isEmpty())
                        .findFirst()
                        .stream())
                .flatMap(List::stream)
                .filter(found -> !found.object().name().startsWith("installed-state")) // istioctl's own notes
                .map(found -> {
                    boolean here = found.object().namespace() == null
                            || IstioNamespace.NAME.equals(found.object().namespace());
                    return new Finding(
                            here ? Severity.BLOCKING : Severity.WARNING,
                            cluster.where(),
                            found.object().toString(),
                            "no operator that installs an Istio into " + IstioNamespace.NAME,
                            "a resource from which an operator makes a control plane",
                            found.object().apiVersion().startsWith("sailoperator.io/")
                                    ? LEAVE_SAIL
                                    : "Delete it, or keep that operator and exclude this cluster: the operator would restore its"
                                            + " own objects.");
                });
    }

    /** What the charts say that this change writes, and the usual names where they cannot be rendered yet. */
    private Collection<HasMetadata> written(Mesh mesh, ClusterSnapshot cluster) {
        Map<ObjectRef, HasMetadata> written = new LinkedHashMap<>();
        usual(cluster)
                .filter(object -> isWritten(object.getMetadata().getName(), mesh.revision()))
                .forEach(object -> written.put(ObjectRef.of(object), object));
        cluster
                .metadata(rendered.of(mesh, cluster.member()).stream()
                        .filter(object ->
                                !object.getKind().equals("Namespace")) // shared: each tool keeps its own labels
                        .map(ObjectRef::of)
                        .filter(object -> !written.containsKey(object))
                        .toList())
                .stream()
                .sorted(Comparator.comparing(object -> ObjectRef.of(object).toString()))
                .forEach(object -> written.put(ObjectRef.of(object), object));
        return written.values();
    }

    private static boolean isWritten(String name, Revision revision) {
        return OF_THE_CLUSTER.contains(name)
                || OF_A_REVISION.stream().map(revision::name).anyMatch(name::equals);
    }

    private static Stream<HasMetadata> usual(ClusterSnapshot cluster) {
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
                        FewNames.of(objects, MOST_NAMED),
                        "objects that nobody else manages",
                        "marks of " + managingTool.name(),
                        "Take them out of its hands first (with Argo CD or Flux: out of the application, without pruning): it and"
                                + " Meshspan would undo each other's work.")
                : Finding.warning(
                        cluster.where(),
                        FewNames.of(objects, MOST_NAMED),
                        "objects that nobody else manages",
                        "marks of " + managingTool.name(),
                        "Meshspan takes them over and will also remove them: stop using that tool for them.");
    }

    /**
     * Another tool that manages an object, by the marks that each tool leaves. Istio's charts always write {@code
     * managed-by: Helm} and {@code owning-resource: unknown}, whichever tool renders them, so these two mean nothing.
     *
     * @param returns whether it restores its own content again and again
     */
    record ManagingTool(String name, boolean returns) {

        private static final String SAIL = "the Sail operator";

        /** Labels of tools that restore their content, in addition to their field managers. */
        private static final Map<String, String> LABELS = Map.of(
                "argocd.argoproj.io/instance", "Argo CD",
                "kustomize.toolkit.fluxcd.io/name", "Flux (Kustomization)",
                "helm.toolkit.fluxcd.io/name", "Flux (HelmRelease)",
                "maistra.io/owner", "OpenShift Service Mesh (Maistra)",
                "maistra-version", "OpenShift Service Mesh (Maistra)",
                "objectset.rio.cattle.io/hash", "Rancher Fleet",
                "configsync.gke.io/declared-version", "Config Sync",
                "addonmanager.kubernetes.io/mode", "the cluster's add-on manager",
                "kapp.k14s.io/app", "kapp");

        private static final Map<String, String> ANNOTATIONS = Map.of(
                "argocd.argoproj.io/tracking-id", "Argo CD",
                "configmanagement.gke.io/managed", "Config Sync",
                "objectset.rio.cattle.io/id", "Rancher Fleet");

        /** Charts also write Argo CD's default label, so only its field managers count. */
        private static final Map<String, String> MANAGERS = Map.of(
                "argocd-controller", "Argo CD",
                "argocd-application-controller", "Argo CD",
                "kustomize-controller", "Flux (Kustomization)",
                "helm-controller", "Flux (HelmRelease)",
                "fleetagent", "Rancher Fleet",
                "maistra-istio-operator", "OpenShift Service Mesh (Maistra)");

        private static Optional<ManagingTool> returning(HasMetadata object) {
            Stream<String> byLabel =
                    labels(object).keySet().stream().flatMap(key -> Stream.ofNullable(LABELS.get(key)));
            Stream<String> byAnnotation =
                    annotations(object).keySet().stream().flatMap(key -> Stream.ofNullable(ANNOTATIONS.get(key)));
            Stream<String> byManager = object.getMetadata().getManagedFields().stream()
                    .flatMap(entry -> Stream.ofNullable(entry.getManager()))
                    .flatMap(manager -> Stream.ofNullable(MANAGERS.get(manager)));
            Stream<String> byOwner = object.getMetadata().getOwnerReferences().stream()
                    .filter(owner -> owner.getApiVersion().startsWith("maistra.io/"))
                    .map(owner -> "OpenShift Service Mesh (Maistra)");
            return Stream.of(byAnnotation, byLabel, byManager, byOwner)
                    .flatMap(names -> names)
                    .sorted()
                    .findFirst()
                    .map(name -> new ManagingTool(name, true));
        }

        /** Objects without a manager and our own are not reported. An operator would override even our mark. */
        static Optional<ManagingTool> of(HasMetadata object, ApplySet ours) {
            if (isSails(object)) {
                return Optional.of(new ManagingTool(SAIL, true));
            }
            Optional<ManagingTool> returning = returning(object);
            if (returning.isPresent()) {
                return returning;
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
            if ("sail-operator".equals(labels(object).get("managed-by"))) {
                return Optional.of(new ManagingTool(SAIL + ", which no longer owns it", false));
            }
            return labels(object).containsKey("operator.istio.io/version") || isIstioctls(object)
                    ? Optional.of(new ManagingTool("istioctl", false))
                    : Optional.empty();
        }

        /** The operator restores what its resource owns. The label stays when the resource was deleted as an orphan. */
        private static boolean isSails(HasMetadata object) {
            return object.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getApiVersion().startsWith("sailoperator.io/"));
        }

        /** Its field manager has the name of the operator that ran in the cluster up to 1.23 (operator/pkg/install). */
        private static boolean isIstioctls(HasMetadata object) {
            return object.getMetadata().getManagedFields().stream()
                    .anyMatch(entry -> "istio-operator".equals(entry.getManager()));
        }

        private static Map<String, String> labels(HasMetadata object) {
            return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        }

        private static Map<String, String> annotations(HasMetadata object) {
            return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
        }
    }
}

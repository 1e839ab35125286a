package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Marks the objects that Meshspan makes in a cluster for a mesh, so that it can find and remove them later. kubectl knows
 * this form. Source: Kubernetes enhancement proposal 3659, "kubectl apply --prune".
 */
public final class ApplySet {

    private static final String PREFIX = "applyset.kubernetes.io/";
    private static final String PARENT = "meshspan-";
    static final String NAMESPACE = "istio-system";

    /** The kinds that each mesh has, as kubectl writes them; a test checks that the list is complete. */
    private static final List<String> KINDS = List.of(
            "ClusterRole.rbac.authorization.k8s.io",
            "ClusterRoleBinding.rbac.authorization.k8s.io",
            "ConfigMap",
            "CustomResourceDefinition.apiextensions.k8s.io",
            "Deployment.apps",
            "EndpointSlice.discovery.k8s.io",
            "Gateway.networking.istio.io",
            "HorizontalPodAutoscaler.autoscaling",
            "MutatingWebhookConfiguration.admissionregistration.k8s.io",
            "PodDisruptionBudget.policy",
            "Role.rbac.authorization.k8s.io",
            "RoleBinding.rbac.authorization.k8s.io",
            "Secret",
            "Service",
            "ServiceAccount",
            "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
            "VirtualService.networking.istio.io");

    /** The kinds that the charts render only if the values ask for them. */
    private static final List<String> KINDS_BY_VALUES = List.of(
            "NetworkPolicy.networking.k8s.io",
            "ValidatingAdmissionPolicy.admissionregistration.k8s.io",
            "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io");

    private static final String MESH = "meshspan.io/mesh";

    private final String parent;
    private final MeshId mesh;
    private final List<String> additional;

    public ApplySet(MeshId mesh) {
        this(mesh, List.of());
    }

    private ApplySet(MeshId mesh, List<String> additional) {
        this.parent = PARENT + mesh.inObjectNames();
        this.mesh = mesh;
        this.additional = additional;
    }

    /** The set of a mesh. Its gateways may be in a namespace of their own. */
    public static ApplySet of(Mesh mesh) {
        return new ApplySet(
                mesh.id(), mesh.gatewayNamespace().isEmpty() ? List.of() : List.of(mesh.gatewayNamespace()));
    }

    /** The parent object of the set. It names every kind that a member can have. */
    public ConfigMap parent() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .addToAnnotations(
                        additional.isEmpty()
                                ? Map.of()
                                : Map.of(PREFIX + "additional-namespaces", String.join(",", additional)))
                .withName(parent)
                .withNamespace(NAMESPACE)
                .addToLabels(PREFIX + "id", id())
                .addToAnnotations(parent.equals(PARENT + mesh) ? Map.of() : Map.of(MESH, mesh.value()))
                .addToAnnotations(PREFIX + "tooling", "meshspan/v1")
                .addToAnnotations(PREFIX + "contains-group-kinds", String.join(",", kinds()))
                .endMetadata()
                .build();
    }

    /** The label of every member. */
    public Map<String, String> membership() {
        return Map.of(PREFIX + "part-of", id());
    }

    /** The label of the parent object. */
    public Map<String, String> parenthood() {
        return Map.of(PREFIX + "id", id());
    }

    /** The kinds that a member can have, as {@code Kind} or {@code Kind.group}. */
    public static List<String> kinds() {
        return Stream.concat(KINDS.stream(), KINDS_BY_VALUES.stream()).sorted().toList();
    }

    /** The subset of {@link #kinds()} that every mesh has. */
    static List<String> usualKinds() {
        return KINDS;
    }

    /** Whether an object is marked as a member of this set. */
    public boolean contains(HasMetadata object) {
        return setOf(object).filter(id()::equals).isPresent();
    }

    /** The id of the set that contains the object, whichever set that is. */
    public static Optional<String> setOf(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(PREFIX + "part-of"));
    }

    /** The mesh for which Meshspan made this object, if it is the parent object of another mesh's set. */
    Optional<String> otherMesh(FoundObject found) {
        String name = found.object().name();
        String set = found.labels().get(PREFIX + "id");
        boolean stands = name.startsWith(PARENT) && set != null && !name.equals(parent);
        return stands
                ? Optional.of(found.annotations().getOrDefault(MESH, name.substring(PARENT.length())))
                : Optional.empty();
    }

    /**
     * Labels an object as a member.
     *
     * @throws StepFailed if a removal would not look for its kind
     */
    public <T extends HasMetadata> T member(T object) {
        requireKnown(object);
        var labels = new TreeMap<String, String>();
        if (object.getMetadata().getLabels() != null) {
            labels.putAll(object.getMetadata().getLabels());
        }
        labels.put(PREFIX + "part-of", id());
        object.getMetadata().setLabels(labels);
        return object;
    }

    public List<HasMetadata> members(List<? extends HasMetadata> objects) {
        return objects.stream().<HasMetadata>map(this::member).toList();
    }

    private static void requireKnown(HasMetadata object) {
        String group = object.getApiVersion().contains("/")
                ? "."
                        + object.getApiVersion()
                                .substring(0, object.getApiVersion().indexOf('/'))
                : "";
        if (!kinds().contains(object.getKind() + group)) {
            throw new StepFailed(
                    FailureCode.CHARTS_UNUSABLE,
                    List.of(Finding.blocking(
                            "charts",
                            object.getKind() + " " + object.getMetadata().getName(),
                            "an object of a kind that Meshspan can find again to remove it: "
                                    + String.join(", ", kinds()),
                            object.getKind() + group,
                            "Turn off the value that creates it, or apply it yourself.")));
        }
    }

    /** {@code applyset-<base64url(sha256("name.namespace.kind.group"))>-v1}; a ConfigMap's group is empty. */
    String id() {
        String subject = parent + "." + NAMESPACE + ".ConfigMap.";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return "applyset-" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "-v1";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

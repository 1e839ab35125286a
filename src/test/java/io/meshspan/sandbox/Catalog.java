package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which kinds a cluster serves: those that every API server has, and those of its established CRDs. */
final class Catalog {

    static final String CRD_GROUP = "apiextensions.k8s.io";
    static final String CRDS = "customresourcedefinitions";

    /** group, version, plural, kind, and for cluster-scoped kinds a star. */
    private static final List<Resource> BUILT_IN = Stream.of(
                    " v1 namespaces Namespace *",
                    " v1 nodes Node *",
                    " v1 configmaps ConfigMap",
                    " v1 secrets Secret",
                    " v1 services Service",
                    " v1 serviceaccounts ServiceAccount",
                    " v1 pods Pod",
                    " v1 endpoints Endpoints",
                    " v1 events Event",
                    " v1 limitranges LimitRange",
                    " v1 resourcequotas ResourceQuota",
                    "apps v1 deployments Deployment",
                    "apps v1 replicasets ReplicaSet",
                    "apps v1 statefulsets StatefulSet",
                    "apps v1 daemonsets DaemonSet",
                    "batch v1 jobs Job",
                    "autoscaling v2 horizontalpodautoscalers HorizontalPodAutoscaler",
                    "policy v1 poddisruptionbudgets PodDisruptionBudget",
                    "networking.k8s.io v1 networkpolicies NetworkPolicy",
                    "discovery.k8s.io v1 endpointslices EndpointSlice",
                    "coordination.k8s.io v1 leases Lease",
                    "rbac.authorization.k8s.io v1 roles Role",
                    "rbac.authorization.k8s.io v1 rolebindings RoleBinding",
                    "rbac.authorization.k8s.io v1 clusterroles ClusterRole *",
                    "rbac.authorization.k8s.io v1 clusterrolebindings ClusterRoleBinding *",
                    "admissionregistration.k8s.io v1 mutatingwebhookconfigurations MutatingWebhookConfiguration *",
                    "admissionregistration.k8s.io v1 validatingwebhookconfigurations ValidatingWebhookConfiguration *",
                    "admissionregistration.k8s.io v1 validatingadmissionpolicies ValidatingAdmissionPolicy *",
                    "admissionregistration.k8s.io v1 validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding *",
                    CRD_GROUP + " v1 " + CRDS + " CustomResourceDefinition *",
                    "authorization.k8s.io v1 selfsubjectaccessreviews SelfSubjectAccessReview *",
                    "authentication.k8s.io v1 tokenreviews TokenReview *")
            .map(Catalog::builtIn)
            .toList();

    private final Store store;

    Catalog(Store store) {
        this.store = store;
    }

    private static Resource builtIn(String line) {
        String[] words = line.split(" ", -1);
        return new Resource(words[0], words[1], words[2], words[3], words.length < 5);
    }

    List<Resource> all() {
        List<Resource> all = new ArrayList<>(BUILT_IN);
        store.list(CRD_GROUP, CRDS, "").stream()
                .filter(Catalog::established)
                .flatMap(Catalog::served)
                .forEach(all::add);
        return all;
    }

    Optional<Resource> find(String group, String version, String plural) {
        return all().stream()
                .filter(resource ->
                        resource.is(group, plural) && resource.version().equals(version))
                .findFirst();
    }

    static boolean established(JsonNode crd) {
        for (JsonNode condition : crd.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Established")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static Stream<Resource> served(ObjectNode crd) {
        JsonNode spec = crd.path("spec");
        JsonNode names = spec.path("names");
        List<Resource> versions = new ArrayList<>();
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean()) {
                versions.add(new Resource(
                        spec.path("group").asText(),
                        version.path("name").asText(),
                        names.path("plural").asText(),
                        names.path("kind").asText(),
                        spec.path("scope").asText().equals("Namespaced")));
            }
        }
        return versions.stream();
    }
}

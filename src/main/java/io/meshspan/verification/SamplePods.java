package io.meshspan.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the sample's pods run: like istiod, with its registry, its nodes and its seccomp profile. The part {@code sample} of
 * the values overrides this.
 */
final class SamplePods {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESTRICTED = "restricted";
    private static final String ENFORCED = "pod-security.kubernetes.io/enforce";
    private static final String PULL_SECRETS = "imagePullSecrets";
    private static final String PROFILE = "seccompProfile";

    /** HelloWorld's image would otherwise run as root. */
    private static final int SOME_USER = 1000;

    private static final List<String> OF_THE_POD =
            List.of("tolerations", "nodeSelector", "affinity", "priorityClassName", "securityContext");

    private final HelmValues values;

    SamplePods(ValuesLayers layers, Mesh mesh, Member member) {
        HelmValues istiod = layers.given(ValuesPart.ISTIOD, mesh, member);
        HelmValues plain = istiod.below("pilot").over(istiod.without(List.of("pilot")));
        HelmValues namespaces = layers.given(ValuesPart.NAMESPACES, mesh, member);
        this.values = layers.given(ValuesPart.SAMPLE, mesh, member).over(new HelmValues(likeIstiod(plain, namespaces)));
    }

    private static Map<String, @Nullable Object> likeIstiod(HelmValues istiod, HelmValues namespaces) {
        Map<String, @Nullable Object> like = new LinkedHashMap<>();
        for (String key : List.of("tolerations", "nodeSelector")) {
            istiod.at(List.of(key)).ifPresent(value -> like.put(key, value));
        }
        istiod.at(List.of("global", PULL_SECRETS)).ifPresent(value -> like.put(PULL_SECRETS, value));
        boolean restricted = Stream.of("sample", "istioSystem")
                .anyMatch(name -> namespaces
                        .below(name)
                        .text("labels", ENFORCED)
                        .filter(RESTRICTED::equals)
                        .isPresent());
        HelmValues profile = istiod.below(PROFILE);
        if (restricted || !profile.isEmpty()) {
            Map<String, @Nullable Object> pod = new LinkedHashMap<>();
            pod.put("runAsNonRoot", true);
            pod.put(PROFILE, profile.isEmpty() ? Map.of("type", "RuntimeDefault") : profile.tree());
            if (!isOpenShift(istiod)) {
                pod.put("runAsUser", SOME_USER);
            }
            like.put("securityContext", pod);
            like.put(
                    "containerSecurityContext",
                    Map.of("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))));
        }
        return like;
    }

    /** OpenShift assigns user ids to each namespace, and refuses others. */
    private static boolean isOpenShift(HelmValues istiod) {
        return istiod.text("global", "platform")
                .or(() -> istiod.text("platform"))
                .filter("openshift"::equals)
                .isPresent();
    }

    /** The names; charts accept names or references. */
    List<String> pullSecrets() {
        return values
                .at(List.of(PULL_SECRETS))
                .filter(List.class::isInstance)
                .map(List.class::cast)
                .<List<?>>map(list -> list)
                .orElse(List.of())
                .stream()
                .flatMap(item -> name(item).stream())
                .toList();
    }

    private static Optional<String> name(@Nullable Object item) {
        return item instanceof Map<?, ?> reference
                ? Optional.ofNullable(reference.get("name")).map(String::valueOf)
                : Optional.ofNullable(item).map(String::valueOf);
    }

    Deployment placed(Deployment deployment) {
        ObjectNode tree = JSON.valueToTree(deployment);
        ObjectNode template = (ObjectNode) tree.at("/spec/template");
        ObjectNode pod = (ObjectNode) template.path("spec");
        OF_THE_POD.forEach(key -> values.at(List.of(key)).ifPresent(value -> pod.set(key, JSON.valueToTree(value))));
        ArrayNode secrets = JSON.createArrayNode();
        pullSecrets().forEach(name -> secrets.addObject().put("name", name));
        if (!secrets.isEmpty()) {
            pod.set(PULL_SECRETS, secrets);
        }
        for (JsonNode container : pod.withArray("containers")) {
            set((ObjectNode) container, "resources", "resources");
            set((ObjectNode) container, "securityContext", "containerSecurityContext");
        }
        ObjectNode metadata = template.withObject("/metadata");
        merge(metadata, "labels", "podLabels");
        merge(metadata, "annotations", "podAnnotations");
        return JSON.convertValue(tree, Deployment.class);
    }

    private void set(ObjectNode container, String field, String key) {
        values.at(List.of(key)).ifPresent(value -> container.set(field, JSON.valueToTree(value)));
    }

    /** The sample's own entries are kept. */
    private void merge(ObjectNode metadata, String field, String key) {
        HelmValues more = values.below(key);
        if (!more.isEmpty()) {
            ObjectNode all = metadata.withObject("/" + field);
            more.tree().forEach((name, value) -> {
                if (value != null && !all.has(name)) {
                    all.put(name, String.valueOf(value));
                }
            });
        }
    }
}

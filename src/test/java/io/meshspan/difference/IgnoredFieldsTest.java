package io.meshspan.difference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.difference.PlanProperties.IgnoredDifference;
import io.meshspan.manifest.ManifestYaml;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoredFieldsTest {

    private static final String STAMPED = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: istiod
              annotations: {policy.example.org/seen: '2026'}
              managedFields:
              - manager: tuner
                operation: Update
                fieldsV1:
                  f:spec:
                    f:replicas: {}
                    f:template:
                      f:spec:
                        f:containers:
                          k:{"name":"discovery"}:
                            f:resources: {f:limits: {f:memory: {}}}
            spec:
              replicas: 3
              template:
                spec:
                  containers:
                  - {name: added-by-others, image: x}
                  - {name: discovery, image: old, resources: {limits: {memory: 4Gi}}}
            """;
    private static final String DESIRED = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: istiod
            spec:
              replicas: 1
              template:
                spec:
                  containers:
                  - {name: discovery, image: new, resources: {limits: {memory: 2Gi, cpu: 1}}}
            """;

    @Test
    void shouldKeepWhatAWebhookStamps() {
        GenericKubernetesResource kept =
                keep(rule("Deployment", "*", List.of("/metadata/annotations/policy.example.org~1seen"), List.of()));

        assertThat(kept.getMetadata().getAnnotations()).containsEntry("policy.example.org/seen", "2026");
        assertThat(kept.<Integer>get("spec", "replicas")).isEqualTo(1);
    }

    @Test
    void shouldTakeAFieldOutThatDoesNotLive() {
        GenericKubernetesResource kept = new IgnoredFields(
                        List.of(rule("*", "*", List.of("/metadata/annotations/policy.example.org~1seen"), List.of())))
                .keep(one(DESIRED), one(STAMPED));

        assertThat(kept.getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void shouldKeepTheFieldsOfAManagerAndNoOthers() {
        GenericKubernetesResource kept = keep(rule("*", "istiod", List.of(), List.of("tuner")));

        assertThat(kept.<Integer>get("spec", "replicas")).isEqualTo(3);
        assertThat(kept.<String>get("spec", "template", "spec", "containers", 0, "resources", "limits", "memory"))
                .isEqualTo("4Gi");
        assertThat(kept.<Integer>get("spec", "template", "spec", "containers", 0, "resources", "limits", "cpu"))
                .isEqualTo(1);
        assertThat(kept.<String>get("spec", "template", "spec", "containers", 0, "image"))
                .isEqualTo("new");
    }

    @Test
    void shouldTakeAnAsteriskForEveryElementByItsName() {
        GenericKubernetesResource kept =
                keep(rule("*", "*", List.of("/spec/template/spec/containers/*/resources"), List.of()));

        assertThat(kept.<String>get("spec", "template", "spec", "containers", 0, "resources", "limits", "memory"))
                .isEqualTo("4Gi");
    }

    @Test
    void shouldLeaveObjectsOfOtherKindsAndNamesAsTheyAre() {
        GenericKubernetesResource desired = one(DESIRED);

        assertThat(new IgnoredFields(List.of(
                                rule("Service", "*", List.of("/spec"), List.of()),
                                rule("*", "other", List.of("/spec"), List.of())))
                        .keep(one(STAMPED), desired))
                .isSameAs(desired);
    }

    private static GenericKubernetesResource keep(IgnoredDifference rule) {
        return new IgnoredFields(List.of(rule)).keep(one(STAMPED), one(DESIRED));
    }

    private static IgnoredDifference rule(String kind, String name, List<String> pointers, List<String> managers) {
        return new IgnoredDifference(kind, name, pointers, managers);
    }

    private static GenericKubernetesResource one(String yaml) {
        return ManifestYaml.parse(yaml).get(0);
    }
}

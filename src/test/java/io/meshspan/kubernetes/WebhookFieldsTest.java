package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.manifest.ManifestYaml;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookFieldsTest {

    @Test
    void shouldLetStandWhatIstiodSet() {
        GenericKubernetesResource kept = WebhookFields.keep(
                configuration("rev.validation.istio.io", "failurePolicy: Fail", "caBundle: aXN0aW9k"),
                configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''"));

        assertThat(webhook(kept)).containsEntry("failurePolicy", "Fail");
        assertThat(webhook(kept).get("clientConfig")).isEqualTo(Map.of("caBundle", "aXN0aW9k"));
    }

    @Test
    void shouldNotAddAnEmptyBundleWhereThereIsNone() {
        GenericKubernetesResource kept = WebhookFields.keep(
                configuration("rev.validation.istio.io", "failurePolicy: Fail", "url: https://192.0.2.1"),
                configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''"));

        assertThat(webhook(kept).get("clientConfig")).isEqualTo(Map.of());
    }

    @Test
    void shouldRenderAWebhookThatIsNewAsTheChartHasIt() {
        GenericKubernetesResource kept = WebhookFields.keep(
                configuration("another.istio.io", "failurePolicy: Fail", "caBundle: aXN0aW9k"),
                configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''"));

        assertThat(webhook(kept)).containsEntry("failurePolicy", "Ignore");
    }

    @Test
    void shouldLeaveOtherKindsAlone() {
        GenericKubernetesResource desired = one("""
                kind: ConfigMap
                metadata: {name: c}
                webhooks: [{name: w, failurePolicy: Ignore}]
                """);
        GenericKubernetesResource live = one("""
                kind: ConfigMap
                metadata: {name: c}
                webhooks: [{name: w, failurePolicy: Fail}]
                """);

        assertThat(webhook(WebhookFields.keep(live, desired))).containsEntry("failurePolicy", "Ignore");
    }

    @Test
    void shouldLeaveTheWishAsItIsForTheNextCluster() {
        GenericKubernetesResource wish =
                configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''");

        WebhookFields.keep(configuration("rev.validation.istio.io", "failurePolicy: Fail", "caBundle: aXN0aW9k"), wish);

        assertThat(wish).isEqualTo(configuration("rev.validation.istio.io", "failurePolicy: Ignore", "caBundle: ''"));
    }

    private static GenericKubernetesResource configuration(String name, String policy, String client) {
        return one("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata:
                  name: istio-validator
                webhooks:
                - name: %s
                  %s
                  clientConfig:
                    %s
                """.formatted(name, policy, client));
    }

    private static GenericKubernetesResource one(String yaml) {
        return ManifestYaml.parse(yaml).get(0);
    }

    private static Map<String, Object> webhook(GenericKubernetesResource configuration) {
        return configuration.<Map<String, Object>>get("webhooks", 0);
    }
}
